import { ONE_BOARD_OPTION, defineCommand, JSON_OPTION, MODEL_HELP } from '../command.ts';
import { writeJson, writeLine, type Io } from '../io.ts';
import { PREDICT_OPTIONS, toPredictOptions, type PredictArgs } from '../predict-options.ts';
import type { Overlay } from '../overlay/overlay.ts';

interface Args extends PredictArgs {
  readonly model: string;
  readonly log: string;
  readonly board: string;
  readonly tickHz: string | undefined;
  readonly svg: string | undefined;
  readonly calibrate: string | undefined;
  readonly json: boolean;
}

export const overlayCommand = defineCommand<Args>({
  command: 'overlay <model> <log>',
  describe: "A profiler's log beside the prediction, layer by layer, with the likely causes of what differs",
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .positional('log', {
        type: 'string',
        demandOption: true,
        describe:
          'Log of TFLite Micro, nncase, ST Edge AI, Vela, Silicon Labs, ESP-DL, ExecuTorch, or a CSV (op, ms)',
      })
      .options({ ...ONE_BOARD_OPTION, ...PREDICT_OPTIONS, ...JSON_OPTION })
      .options({
        'tick-hz': {
          type: 'string',
          requiresArg: true,
          describe: 'Ticks or cycles a second of the log, e.g. 80MHz',
        },
        svg: { type: 'string', requiresArg: true, describe: 'Draw both as bars into this file' },
        calibrate: {
          type: 'string',
          requiresArg: true,
          describe: 'Write the layers as rows for calibrate --measured into this file',
        },
      })
      .example('$0 overlay net.tflite uart.log -b nucleo-l4r5zi', 'where is the prediction wrong?'),
  run: async (args, io) => {
    const { loadBoard, loadModel, readText } = await import('../inputs.ts');
    const { readLog } = await import('../../profiles/read-log.ts');
    const { overlayLog } = await import('../overlay/overlay.ts');
    const [model, board] = [await loadModel(args.model), await loadBoard(args.board, args.set)];
    const options = toPredictOptions(args);
    const clocksHz = board.clocks.map(({ hz }) => hz.value);
    const log = readLog(await readText(args.log), args.log, { tickHz: await tickRate(args), clocksHz });
    const overlay = overlayLog(log, model, board, options);
    await writeFiles(overlay, args);
    await print(overlay, args, io);
    return 0;
  },
});

async function tickRate({ tickHz }: Args): Promise<number | undefined> {
  if (tickHz === undefined) return undefined;
  const { hzOf } = await import('../boards/amounts.ts');
  const hz = hzOf(tickHz);
  if (hz !== undefined) return hz;
  const { SpecError } = await import('../../errors.ts');
  throw new SpecError(`--tick-hz "${tickHz}": write a frequency, e.g. 80MHz or 1e6`);
}

async function writeFiles(overlay: Overlay, { svg, calibrate, model, kernels }: Args): Promise<void> {
  const { replaceFile } = await import('../replace-file.ts');
  if (svg !== undefined) {
    const { drawOverlay } = await import('../../report/overlay-figure.ts');
    const { operatorName } = await import('../overlay/format-overlay.ts');
    const bars = overlay.rows.map((row) => ({ ...row, label: operatorName(row) }));
    await replaceFile(svg, drawOverlay(bars, `${overlay.model} on ${overlay.board}`));
  }
  if (calibrate === undefined) return;
  const { formatCsv } = await import('../../report/csv.ts');
  // A time of 0 is one below the profiler's step: it says nothing.
  const timed = overlay.rows.filter(({ measuredMs }) => measuredMs > 0);
  const rows = timed.map(({ nodes, measuredMs }) => ({
    ...{ model, ops: nodes.join('+'), latency_ms: measuredMs, ...(kernels !== undefined && { kernels }) },
  }));
  await replaceFile(calibrate, formatCsv(rows));
}

/** What --json prints: rows as they are, and as layers, whose intervals are the call's in proportion. */
function overlayDocument({ relativeLow, relativeHigh, ...overlay }: Overlay): object {
  const layers = overlay.rows.map(({ names, op, measuredMs, predictedMs, cause = null }) => ({
    ...{ name: names, op, measuredMs, predictedMs },
    ...{ lowMs: predictedMs * relativeLow, highMs: predictedMs * relativeHigh, cause },
  }));
  return { ...overlay, layers };
}

async function print(overlay: Overlay, { json }: Args, io: Io): Promise<void> {
  if (json) writeJson(io, overlayDocument(overlay));
  else writeLine(io, (await import('../overlay/format-overlay.ts')).formatOverlay(overlay));
}
