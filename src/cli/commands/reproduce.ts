import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args {
  readonly out: string;
  readonly files: boolean;
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
        ...JSON_OPTION,
      })
      .example('$0 reproduce', 'tables, plots, report/report.html')
      .example('$0 reproduce --json --no-files', 'numbers only'),
  run: async ({ out, files, json }, io) => {
    const { reproducePaper } = await import('../../calibrate/reproduce.ts');
    const reproduction = reproducePaper();
    if (json) {
      writeJson(io, reproduction);
    } else {
      const { formatReproduction } = await import('../../report/reproduction-text.ts');
      writeLine(io, formatReproduction(reproduction));
    }
    if (!files) return 0;
    const { writeReport } = await import('../report-files.ts');
    const written = await writeReport(out, reproduction);
    io.err(`${json ? '' : '\n'}${written.map((path) => `wrote ${path}`).join('\n')}\n`);
    return 0;
  },
});
