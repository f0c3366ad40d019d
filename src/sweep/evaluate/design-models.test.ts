import { expect, it } from 'vitest';
import { modelFromSpec } from '../../files/load-model.ts';
import { designSpace } from '../study/design-space.ts';
import { countPoints, pointAt, type DesignSpace } from '../study/space.ts';
import { specTemplate } from '../study/template.ts';
import { modelMaker, specMaker } from './design-models.ts';
import { orRefusal } from './failure-reason.ts';

const AXES = {
  board: ['maixduino'],
  side: [8, 0, 2.5],
  filters: ['4', 'many'],
  kernel: [3, 9],
  words: ['valid', 'valid colour', 'same"'],
  pool: ['2x2', '2x2x2', '2 | relu'],
  units: [3, 0],
  dtype: ['float32', 'int8'],
};
const LAYERS = 'conv {filters} {kernel}x{kernel} {words} | maxpool {pool} | flatten | dense {units}';

/** What a space makes of each point in turn: its network or the reason. */
function modelsOf(space: DesignSpace) {
  const make = modelMaker(space);
  return Array.from({ length: countPoints(space) }, (_, index) => {
    const made = orRefusal(() => make(pointAt(space, index)));
    return 'reason' in made ? made : made.model;
  });
}

it('gives refused points of a JSON template, among good ones, each its own reason', () => {
  const space = designSpace({
    model: specTemplate(`{"input": [{side},{side},1], "layers": "${LAYERS}"}`),
    axes: Object.entries(AXES).map(([name, values]) => ({ name, values })),
  });
  const models = modelsOf(space);
  const specOf = specMaker((space.model as { readonly text: string }).text);
  models.forEach((model, index) => {
    expect(model).toEqual(orRefusal(() => modelFromSpec(specOf(pointAt(space, index)))));
  });
  const reasons = new Set(models.map((model) => ('reason' in model ? model.reason.slice(0, 60) : 'good')));
  expect([...reasons].sort()).toEqual([
    'good',
    'spec: input must be whole numbers above 0, such as [14,14,1]',
    'spec: layer 1 (conv): a valid 9x9 window does not fit into 8',
    'spec: layer 1: (conv) "colour" is not understood; it takes f',
    'spec: layer 1: (conv) "many" is not understood; it takes fil',
    'spec: layer 2: (maxpool) "2x2x2" is not understood; it takes',
    'spec: layer 4 (dense): units must be a whole number above 0,',
    'spec: layer 5 (dense): units must be a whole number above 0,',
    "spec: not valid JSON: \"Expected ',' or '}' after property va",
  ]);
});
