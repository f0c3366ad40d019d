import { convertImage, imageFirmware } from '../deploy/camera/index.ts';
import { SpecError } from '../errors.ts';
import { createExecutor, type Executor } from '../kernels/execute/executor.ts';
import { runDemand } from '../kernels/execute/run-limits.ts';
import { firstInput } from '../models/graph/ends.ts';
import type { Graph } from '../models/graph/graph.ts';
import type { Image } from '../pictures/image.ts';

/** What a page may take for one answer: a reader waits, and a tab has no more memory. */
const [MAX_SECONDS, MAX_BYTES] = [10, 1e9];

const executors = new WeakMap<Graph, Executor>();

/**
 * A graph that is ready to run, prepared once. Throws a SpecError where it takes more than a page has, or has no weights.
 */
export function executorOf(graph: Graph): Executor {
  const known = executors.get(graph);
  if (known) return known;
  const { seconds, bytes } = runDemand(graph);
  if (seconds > MAX_SECONDS || bytes > MAX_BYTES) {
    throw new SpecError(
      `${graph.name}: computing with it takes up to ${Math.ceil(seconds)} s and ${Math.ceil(bytes / 1e6)} MB, more than a page has; in a terminal, inferscope run computes it`,
    );
  }
  const executor = createExecutor(graph, { fast: false });
  executors.set(graph, executor);
  return executor;
}

/** A picture as the firmware of OpenMV gives it to a graph. Throws a SpecError for an input that takes no picture. */
export function pictureValues(graph: Graph, picture: Image): ReturnType<typeof convertImage> {
  return convertImage(picture, firstInput(graph), imageFirmware(undefined, undefined));
}
