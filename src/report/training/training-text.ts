import { formatTable } from '../table.ts';

/** A network that was trained and written. */
export interface TrainingResult {
  readonly written: readonly { readonly path: string; readonly bytes: number }[];
  readonly accuracy: number;
  readonly images: number;
  readonly epochs: readonly { readonly loss: number }[];
  readonly stoppedEarly: boolean;
  readonly seconds: number;
}

const count = (epochs: number): string => (epochs === 1 ? '1 epoch' : `${epochs} epochs`);

/** What came of one training, in two lines. */
export function formatTraining(result: TrainingResult): string {
  const { written, accuracy, images, epochs, stoppedEarly, seconds } = result;
  const { path, bytes } = written[0];
  const stopped = stoppedEarly ? ', stopped early' : '';
  const tested = `accuracy ${accuracy.toFixed(4)} on ${images} test images`;
  return `${path}: ${bytes} bytes\n${tested} after ${count(epochs.length)} in ${seconds.toFixed(0)} s${stopped}`;
}

export interface TrainingResults {
  readonly networks: readonly {
    readonly filters: number;
    readonly bytes: number;
    readonly accuracy: number;
    readonly epochs: number;
    readonly stoppedEarly: boolean;
  }[];
  readonly written: readonly { readonly path: string }[];
  readonly workers: number;
  readonly seconds: number;
}

/** What came of the paper's ten networks. */
export function formatTrainings({ networks, written, workers, seconds }: TrainingResults): string {
  const columns = ['filters', 'accuracy', 'epochs', 'bytes'].map((title) => ({
    title,
    align: 'right' as const,
  }));
  const rows = networks.map(({ filters, accuracy, epochs, bytes }, index) => [
    `${filters}`,
    accuracy.toFixed(4),
    `${epochs}`,
    `${bytes}`,
    written[index].path,
  ]);
  const table = formatTable([...columns, { title: 'file', align: 'left' }], rows);
  const threads = workers === 1 ? '1 thread' : `${workers} threads`;
  const stopped = networks.some(({ stoppedEarly }) => stoppedEarly) ? ', stopped early' : '';
  return `${table}\n\n  trained in ${seconds.toFixed(0)} s on ${threads}${stopped}`;
}
