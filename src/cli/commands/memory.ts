import { defineCommand } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { askModelOnBoards, toPredictOptions, type ModelOnBoardArgs } from '../predict-options.ts';

interface Args extends ModelOnBoardArgs {
  readonly svg: string | undefined;
  readonly all: boolean;
}

export const memoryCommand = defineCommand<Args>({
  command: 'memory <model>',
  describe: 'What the model needs of each memory, where each tensor lies when, and whether it fits',
  builder: (yargs) =>
    askModelOnBoards(yargs)
      .options({
        svg: {
          type: 'string',
          requiresArg: true,
          describe: 'File for a picture of the tensors over the steps',
        },
      })
      .example('$0 memory paper:64,size=96 --board openmv-h7-plus', 'does it fit?')
      .example('$0 memory net.tflite --board openmv-h7-plus --svg arena.svg', 'the arena as a picture'),
  run: async (args, io) => {
    const { loadBoards, loadModel } = await import('../inputs.ts');
    const { askBoards, exitCodeOf } = await import('../boards/ask-boards.ts');
    const { formatMemoryUses, memoryDocument, memoryFigure, memoryUse } = await import('../memory-use.ts');
    const boards = await loadBoards(args.board, args.set);
    if (args.svg !== undefined) await requireOne(boards.length, args.board);
    const model = await loadModel(args.model);
    const said = askBoards(boards, (board) => memoryUse(model, board, toPredictOptions(args)));
    if (args.svg !== undefined) {
      const { drawMemoryFigure } = await import('../../report/memory/memory-figure.ts');
      const { replaceFile } = await import('../replace-file.ts');
      await replaceFile(args.svg, drawMemoryFigure(memoryFigure(said.answers[0])));
      io.err(`${args.svg} written\n`);
    }
    if (args.json) writeJson(io, memoryDocument(said, boards.length));
    else writeLine(io, formatMemoryUses(said, args.all));
    return exitCodeOf(said.refused, args.strict);
  },
});

async function requireOne(boards: number, list: string): Promise<void> {
  if (boards === 1) return;
  const { SpecError } = await import('../../errors.ts');
  throw new SpecError(`--board ${list}: --svg draws one board`);
}
