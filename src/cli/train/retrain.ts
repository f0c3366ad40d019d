import { compareNetworks, type ReproducedNetworks } from '../../calibrate/reproduce-networks.ts';
import { StoppedError } from '../../errors.ts';
import type { Io } from '../io.ts';
import { graphOf, trainTen, type TenSettings } from './train-ten.ts';

/** What `reproduce --train` adds to the document. */
export interface Retrained extends ReproducedNetworks {
  readonly training: {
    readonly seconds: number;
    readonly threads: number;
    readonly epochs: number;
    readonly seed: number;
  };
}

/** Trains the ten networks anew. Throws a SpecError where MNIST is absent, a StoppedError where it was stopped: a part is no table. */
export async function retrainNetworks(settings: Required<TenSettings>, io: Io): Promise<Retrained> {
  const { networks, workers, seconds, expected } = await trainTen(settings, io);
  const { epochs, seed } = settings;
  if (networks.length < expected || networks.some(({ stoppedEarly }) => stoppedEarly)) {
    throw new StoppedError(
      'reproduce --train was stopped before the ten networks were trained; run it again',
    );
  }
  const trained = networks.map((training) => ({
    filters: training.options.filters,
    graph: graphOf(training),
    accuracy: training.accuracy,
  }));
  const sentence = `Trained now as the authors' notebook does: seed ${seed}, epochs ${epochs}, ${seconds.toFixed(0)} s on ${workers} threads.`;
  const compared = compareNetworks(trained, { kind: 'trained', sentence });
  return { ...compared, training: { seconds, threads: workers, epochs, seed } };
}
