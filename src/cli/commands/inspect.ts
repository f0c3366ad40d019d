import type { KmodelModel } from '../../models/formats/kmodel/kmodel-model.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { ALL_OPTION, defineCommand, JSON_OPTION, MODEL_HELP } from '../command.ts';
import { writeJson, writeLine, type Io } from '../io.ts';

interface Args {
  readonly file: string;
  readonly ops: boolean;
  readonly registers: boolean;
  readonly svg: string | undefined;
  readonly all: boolean;
  readonly json: boolean;
}

export const inspectCommand = defineCommand<Args>({
  command: 'inspect <file>',
  describe: 'Operators, shapes, MACs and parameters of a model; of a kmodel also memory and registers',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .options({
        ops: {
          type: 'boolean',
          default: false,
          describe: "Count the operators and say which boards' runtimes have them",
        },
        registers: { type: 'boolean', default: false, describe: "kmodel: the KPU's words of each layer" },
        svg: {
          type: 'string',
          requiresArg: true,
          describe: 'kmodel: file for a picture of KPU memory over the layers',
        },
        ...ALL_OPTION,
        ...JSON_OPTION,
      })
      .example('$0 inspect paper:8', 'what the network of the paper consists of')
      .example('$0 inspect net.tflite --ops', 'which boards have its operators')
      .example(
        '$0 inspect net.kmodel --registers --svg lines.svg',
        'what the KPU is told, and where maps lie',
      ),
  run: async (args, io) => {
    const { loadModel } = await import('../inputs.ts');
    const { isKmodel } = await import('../../models/formats/model.ts');
    const model = await loadModel(args.file);
    if (isKmodel(model)) return printKmodel(model, args, io);
    await rejectKmodelOptions(args);
    if (args.ops) return printOperators(model, args, io);
    const { rowsShown } = await import('../../report/long-table.ts');
    const { formatInspection, inspectModel } = await import('../inspect/inspection.ts');
    const inspection = inspectModel(model);
    if (args.json) writeJson(io, inspection);
    else writeLine(io, formatInspection(inspection, rowsShown(args.all)));
    return 0;
  },
});

async function printOperators(graph: Graph, { json }: Args, io: Io): Promise<0> {
  const { allBoards } = await import('../../boards/all-boards.ts');
  const { countOperators } = await import('../inspect/operators.ts');
  const { formatOperators } = await import('../inspect/operators-text.ts');
  const counted = countOperators(graph, allBoards());
  if (json) writeJson(io, counted);
  else writeLine(io, formatOperators(counted));
  return 0;
}

async function rejectKmodelOptions({ file, registers, svg }: Args): Promise<void> {
  if (!registers && svg === undefined) return;
  const { SpecError } = await import('../../errors.ts');
  const option = registers ? '--registers' : '--svg';
  throw new SpecError(`inspect ${option} goes with a kmodel, and ${file} is none; convert it first`);
}

async function printKmodel(model: KmodelModel, { registers, svg, json, ops }: Args, io: Io): Promise<0> {
  if (ops) {
    const { SpecError } = await import('../../errors.ts');
    throw new SpecError(
      'inspect --ops goes with a network: a kmodel is converted for its board; leave --ops out for its layers',
    );
  }
  const { inspectKmodel } = await import('../inspect/kmodel-inspection.ts');
  const { formatKmodelInspection } = await import('../inspect/kmodel-text.ts');
  const inspection = inspectKmodel(model, registers);
  if (svg !== undefined) {
    const { drawMemoryFigure } = await import('../../report/memory/memory-figure.ts');
    const { kpuFigure } = await import('../inspect/kmodel-text.ts');
    await (await import('../replace-file.ts')).replaceFile(svg, drawMemoryFigure(kpuFigure(inspection)));
    io.err(`${svg} written\n`);
  }
  if (json) writeJson(io, inspection);
  else writeLine(io, formatKmodelInspection(inspection));
  return 0;
}
