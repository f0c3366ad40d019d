import type { Graph } from '../models/graph.ts';
import type { Observe } from '../models/quantize/quantize.ts';
import { createExecutor } from './executor.ts';
import type { InputValues } from './executor-input.ts';

/** Runs a float network over inputs and passes on what each tensor holds, as `quantizeGraph` asks for. */
export function calibrateWith(
  graph: Graph,
  runs: Iterable<readonly InputValues[]>,
): (observe: Observe) => void {
  const executor = createExecutor(graph);
  return (observe) => {
    for (const inputs of runs) {
      let isFirst = true;
      const observeInputs = () => graph.inputs.forEach((index) => observe(index, numbers(executor.tensor(index))));
      executor.run(inputs, (node) => {
        // An input's place may be reused from its last reader on, so it is read after the first node at the latest.
        if (isFirst) observeInputs();
        isFirst = false;
        for (const index of graph.nodes[node].outputs) observe(index, numbers(executor.tensor(index)));
      });
    }
  };
}
