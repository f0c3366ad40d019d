import { BOARDS, boardById } from '../../src/boards/index.ts';
import { modelFromSpec } from '../../src/models/specs/spec.ts';
import { runExperiment } from '../../src/script/experiment.ts';
import type { LuaValue } from '../../src/script/values.ts';

/** Runs an experiment with what needs no files; errors come as their message. */
export async function runScript(source: string, wasmUrl?: string): Promise<LuaValue> {
  const refuse = () => {
    throw new Error('not here');
  };
  const host = {
    boardIds: BOARDS.map(({ id }) => id),
    loadModel: (text: string) => modelFromSpec(text)!,
    loadBoard: boardById,
    print: () => undefined,
    ...{ sweep: refuse, formatTable: refuse, formatCsv: refuse, writeFile: refuse },
  };
  const experiment = { name: 'exp.lua', source, args: [], host, ...(wasmUrl !== undefined && { wasmUrl }) };
  return runExperiment(experiment).catch((error: Error) => error.message);
}
