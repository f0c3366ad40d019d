import { beforeAll, describe, expect, it, test } from 'vitest';
import { calibrateWith } from '../../kernels/execute/calibration.ts';
import { evaluateClassifier } from '../../kernels/execute/evaluate.ts';
import { divideByMaximum, sliceImages, type Split } from '../../datasets/mnist.ts';
import { quantizeGraph } from '../../files/int8-graph.ts';
import { startNodeTrainingEngine } from '../../node/training-engine.ts';
import { loadTrainedPaperCnn } from '../../training/paper/trained-paper.ts';

import { loadPaperImages, trainPaperNetwork } from './paper-network.ts';
import { trainInThreads } from './train-pool.ts';

describe("the paper's networks on MNIST", () => {
  let images: Split;
  beforeAll(async () => {
    images = await loadPaperImages();
  });

  test.each([1, 4])(
    '%i filters: the trained weights reach the accuracy that is kept with them',
    async (filters) => {
      const { graph, accuracy } = await loadTrainedPaperCnn(filters);
      expect(evaluateClassifier(graph, divideByMaximum(images.test)).accuracy).toBe(accuracy);
    },
  );

  test.each([4, 8])('%i filters: int8 costs less than half a point of accuracy', async (filters) => {
    const { graph, accuracy } = await loadTrainedPaperCnn(filters);
    const calibration = Array.from({ length: 100 }, (_, index) => [
      sliceImages(images.validate, index, index + 1).pixels,
    ]);
    const quantized = quantizeGraph(graph, calibrateWith(graph, calibration));
    const inInt8 = evaluateClassifier(quantized, divideByMaximum(images.test));
    expect(Math.abs(inInt8.accuracy - accuracy)).toBeLessThan(0.005);
  });

  it('train in a thread to the bytes that they get here', async () => {
    const [threaded] = await trainInThreads([{ options: { filters: 1 }, epochs: 1, seed: 3 }], {
      workers: 1,
    });
    await startNodeTrainingEngine();
    const here = await trainPaperNetwork({ filters: 1 }, images, { epochs: 1, seed: 3 });
    expect(threaded.weights).toEqual(here.weights);
    expect(threaded.accuracy).toBe(here.accuracy);
  });

  it('keep nothing of a training that is stopped at once', async () => {
    const stop = new AbortController();
    const trainings = await trainInThreads([{ options: { filters: 1 }, epochs: 9 }], {
      workers: 1,
      onProgress: () => stop.abort(),
      signal: stop.signal,
    });
    expect(trainings).toEqual([]);
  });
});
