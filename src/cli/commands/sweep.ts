import { defineCommand } from '../command.ts';
import type { SweepArgs } from '../sweep/args.ts';
import { declareSweepOptions } from '../sweep/sweep-options.ts';

export const sweepCommand = defineCommand<SweepArgs>({
  command: 'sweep',
  describe: 'A network over its parameters, types, clocks and boards: the best, the front, the crossovers',
  builder: declareSweepOptions,
  run: async (args, io) => (await import('../sweep/sweep-command.ts')).runSweepCommand(args, io),
});
