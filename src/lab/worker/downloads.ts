import { InferscopeError, predict, traceInference, type Prediction, type TraceRecord } from 'inferscope';
import { boardOf, modelOf, optionsOf, type Experiment } from 'inferscope/experiments';
import { writePerfetto, writeVcd } from 'inferscope/instruments';
import { givenFor } from './given-files.ts';

/** What can be saved of an experiment. */
export type DownloadKind = 'json' | 'csv' | 'vcd' | 'perfetto';

const CSV_COLUMNS = [
  ...['index', 'op', 'unit', 'startMs', 'durationMs'],
  ...['macs', 'loadBytes', 'storeBytes', 'boundBy', 'rule'],
] as const;

const quoted = (value: unknown) =>
  /[",\n]/.test(`${value}`) ? `"${`${value}`.replaceAll('"', '""')}"` : `${value}`;

function csvOf(predictions: readonly Prediction[]): string {
  const rows = predictions.flatMap(({ model, board, steps }) =>
    steps.map((step) =>
      [model, board, ...CSV_COLUMNS.map((column) => step[column as keyof typeof step])].map(quoted).join(','),
    ),
  );
  return [['model', 'board', ...CSV_COLUMNS].join(','), ...rows, ''].join('\n');
}

/** What `inferscope predict --json` prints. */
function jsonOf(experiment: Experiment): { predictions: Prediction[]; refused: object[] } {
  const given = givenFor(experiment);
  const predictions: Prediction[] = [];
  const refused: object[] = [];
  for (const id of experiment.boards) {
    try {
      const board = boardOf(id, experiment, given);
      predictions.push(predict(modelOf(experiment, given), board, optionsOf(experiment)));
    } catch (error) {
      if (!(error instanceof InferscopeError)) throw error;
      refused.push({ board: id, reason: error.message });
    }
  }
  return { predictions, refused };
}

/** The trace of the first board that runs the model. */
function traceOf(experiment: Experiment): TraceRecord[] {
  const given = givenFor(experiment);
  const { predictions } = jsonOf(experiment);
  const id = predictions[0]?.board ?? experiment.boards[0]!;
  return traceInference(modelOf(experiment, given), boardOf(id, experiment, given), optionsOf(experiment));
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  chunks.reduce((at, chunk) => (bytes.set(chunk, at), at + chunk.length), 0);
  return bytes;
}

/** The bytes of a file about the experiment: all of it as JSON, its steps as CSV, the first board's trace. */
export function downloadOf(experiment: Experiment, kind: DownloadKind): Uint8Array {
  if (kind === 'perfetto') return joined([...writePerfetto(traceOf(experiment))]);
  const text = {
    json: () => `${JSON.stringify(jsonOf(experiment), null, 2)}\n`,
    csv: () => csvOf(jsonOf(experiment).predictions),
    vcd: () => [...writeVcd(traceOf(experiment), { mode: 'full' })].join(''),
  }[kind];
  return new TextEncoder().encode(text());
}
