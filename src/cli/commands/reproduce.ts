import { join } from 'node:path';
import type { ReproducedNetworks } from '../../calibrate/reproduce-networks.ts';
import type { Reproduction } from '../../calibrate/reproduce.ts';
import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine, type Io } from '../io.ts';

interface Args {
  readonly out: string;
  readonly files: boolean;
  readonly train: boolean;
  readonly epochs: number;
  readonly seed: number;
  readonly json: boolean;
}

export const reproduceCommand = defineCommand<Args>({
  command: 'reproduce',
  describe: "The paper's tables 2 and 3 and figures 7 and 8, measured beside predicted, and beyond",
  builder: (yargs) =>
    yargs
      .options({
        out: { type: 'string', default: 'report', requiresArg: true, describe: 'Folder for the report' },
        files: { type: 'boolean', default: true, describe: 'Write files (--no-files: print only)' },
        train: { type: 'boolean', default: false, describe: 'Train the ten networks again (minutes)' },
        epochs: { type: 'number', default: 12, requiresArg: true, describe: 'Of --train' },
        seed: { type: 'number', default: 1, requiresArg: true, describe: 'Of --train' },
        ...JSON_OPTION,
      })
      .example('$0 reproduce', 'tables, plots, report/report.html')
      .example('$0 reproduce --json --no-files', 'numbers only')
      .example('$0 reproduce --train', 'accuracies from networks trained now'),
  needs: { epochs: 'train', seed: 'train' },
  idleBeside: { out: 'no-files' },
  run: async (args, io) => {
    if (args.files) await (await import('../reproduce/report-files.ts')).openReportFolder(args.out);
    const { reproducePaper } = await import('../../calibrate/reproduce.ts');
    const { measurePaper } = await import('../reproduce/paper-bench.ts');
    const networks = await networksOf(args, io);
    const reproduction = reproducePaper(await measurePaper());
    if (args.json) {
      writeJson(io, { ...reproduction, ...networks });
    } else {
      const { formatReproduction } = await import('../../report/reproduction/reproduction-text.ts');
      writeLine(io, formatReproduction(reproduction, networks));
    }
    if (args.files) await writeFiles(args, io, reproduction, networks);
    if (!args.json)
      io.err(
        `npx inferscope lab: both boards in a page, where a slider moves them${args.files ? `; also ${join(args.out, 'lab.html')}` : ''}\n`,
      );
    return 0;
  },
});

async function writeFiles(
  args: Args,
  io: Io,
  reproduction: Reproduction,
  networks: ReproducedNetworks,
): Promise<void> {
  const { writeReport } = await import('../reproduce/report-files.ts');
  const written = await writeReport(args.out, reproduction, networks);
  io.err(`${args.json ? '' : '\n'}${written.map((path) => `wrote ${path}`).join('\n')}\n`);
}

async function networksOf({ train, epochs, seed }: Args, io: Io): Promise<ReproducedNetworks> {
  if (train) return (await import('../train/retrain.ts')).retrainNetworks({ epochs, seed }, io);
  return (await import('../../calibrate/reproduce-networks.ts')).reproduceNetworks();
}
