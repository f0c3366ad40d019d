import { defineCommand, JSON_OPTION, MODEL_HELP } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args {
  readonly file: string;
  readonly json: boolean;
}

export const inspectCommand = defineCommand<Args>({
  command: 'inspect <file>',
  describe: 'Operators, shapes, MACs and parameters of a model',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .options(JSON_OPTION)
      .example('$0 inspect paper:8', 'what the network of the paper consists of'),
  run: async ({ file, json }, io) => {
    const { loadModel } = await import('../inputs.ts');
    const { formatInspection, inspectModel } = await import('../inspection.ts');
    const inspection = inspectModel(await loadModel(file));
    if (json) writeJson(io, inspection);
    else writeLine(io, formatInspection(inspection));
    return 0;
  },
});
