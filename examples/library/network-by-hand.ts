import { openmvH7Plus, predict, type Graph } from 'inferscope';
import { OPERATORS, registerOperators } from 'inferscope/operators';

const map = (name: string) => ({ name, shape: [1, 14, 14, 8], dtype: 'float32' }) as const;
const sum: Graph = {
  ...{ name: 'sum', format: 'builder', fileBytes: 0 },
  tensors: [map('a'), map('b'), map('sum')],
  nodes: [{ op: 'ADD', attributes: { activation: 'NONE' }, inputs: [0, 1], outputs: [2] }],
  ...{ inputs: [0, 1], outputs: [2] },
};

registerOperators([OPERATORS.ADD]);
console.log(`${predict(sum, openmvH7Plus).latencyMs.value.toFixed(2)} ms`);
