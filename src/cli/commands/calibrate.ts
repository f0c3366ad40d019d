import { ONE_BOARD_OPTION, defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args {
  readonly board: string;
  readonly measured: string;
  readonly free: string | undefined;
  readonly out: string | undefined;
  readonly report: string | undefined;
  readonly json: boolean;
}

export const calibrateCommand = defineCommand<Args>({
  command: 'calibrate',
  describe: "Fit a board's constants to times that you measured on it, and say what to measure next",
  builder: (yargs) =>
    yargs
      .options({
        ...ONE_BOARD_OPTION,
        measured: {
          type: 'string',
          requiresArg: true,
          demandOption: true,
          describe:
            'CSV with the columns model (a spec or a file) and latency_ms, and if need be ops (4+5: of one layer) and kernels',
        },
        free: {
          type: 'string',
          requiresArg: true,
          describe: 'Constants to fit, by name with commas between them',
        },
        out: { type: 'string', requiresArg: true, describe: 'Write the fitted board as a JSON file' },
        report: { type: 'string', requiresArg: true, describe: 'Write a page with plots, before and after' },
        ...JSON_OPTION,
      })
      .example(
        '$0 calibrate -b my.json --measured mine.csv --out fitted.json',
        'one row is enough to begin with',
      ),
  run: async (args, io) => {
    const { calibrateBoardFile } = await import('../boards/calibrate-board-file.ts');
    const found = await calibrateBoardFile(args);
    if (args.json) writeJson(io, { ...found, covariance: undefined });
    else writeLine(io, (await import('../../report/own-calibration-text.ts')).formatOwnCalibration(found));
    return 0;
  },
});
