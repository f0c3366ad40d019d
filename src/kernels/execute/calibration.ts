import type { Graph } from '../../models/graph/graph.ts';
import type { Observe } from '../../models/quantize/quantize.ts';
import { createExecutor } from './executor.ts';

/**
 * Runs a float network over inputs and passes on what each tensor holds, as `quantizeGraph` asks for; a run is one array
 * for each input of the network. Throws a SpecError for inputs that do not fit.
 */
export function calibrateWith(
  graph: Graph,
  runs: Iterable<readonly Float32Array[]>,
): (observe: Observe) => void {
  const executor = createExecutor(graph);
  return (observe) => {
    for (const inputs of runs) {
      graph.inputs.forEach((index, position) => observe(index, inputs[position]));
      executor.run(inputs, (node) => {
        for (const index of graph.nodes[node].outputs) {
          const values = executor.tensor(index);
          if (values instanceof Float32Array) observe(index, values);
        }
      });
    }
  };
}
