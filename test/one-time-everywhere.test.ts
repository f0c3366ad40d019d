import { expect, test } from 'vitest';
import { modelFromSpec, predict, withClocks } from '../src/index.ts';
import { anyBoardById, parseSettings, withSettings } from '../src/api/boards.ts';
import { answerBoard, FIRST_EXPERIMENT } from '../src/api/experiments.ts';
import { createEvaluator, designSpace } from '../src/api/sweep.ts';
import { explainModels } from '../src/cli/explanations.ts';
import { predictFor } from '../src/script/predictions.ts';
import { deployOptions } from '../src/sweep/evaluate/designs.ts';
import { clockHzOn, parseClock } from '../src/sweep/study/clock-axis.ts';
import { columnOf, valueAt } from '../src/sweep/study/batch.ts';
import { countPoints, pointAt } from '../src/sweep/study/space.ts';
import { specTemplate } from '../src/sweep/study/template.ts';

const SPEC = 'paper:8';
const MODEL = modelFromSpec(SPEC)!;
/** Boards that published rows tell of: one that was measured in float32, one whose core was. */
const IDS = ['nucleo-h743zi2', 'nucleo-h743zi'];

const msOf = (id: string): number => predict(MODEL, anyBoardById(id)).latencyMs.value;

test.each(IDS)('on %s a time is that of published rows, and says so', (id) => {
  const { latencyMs, status, engine } = predict(MODEL, anyBoardById(id));
  expect([status, engine]).toEqual([
    id === 'nucleo-h743zi2' ? 'new-network' : 'new-board',
    'tflm-float@tflite-micro-arduino',
  ]);
  expect(latencyMs.why).toContain('fitted to other');
});

test.each(IDS)('explain, Lua and the Lab tell the time of predict on %s', (id) => {
  const board = anyBoardById(id);
  const inputs = { loadModel: () => MODEL, loadBoard: () => board };
  const lab = answerBoard(id, { ...FIRST_EXPERIMENT, model: SPEC, boards: [id] });
  const ends = lab.lanes.flatMap(({ spans }) => spans.map((span) => span.startMs + span.durationMs));
  expect(explainModels([MODEL], board, {}).models[0].latencyMs.value).toBe(msOf(id));
  expect(predictFor(inputs, SPEC, id, {})).toMatchObject({ latencyMs: msOf(id) });
  expect(lab.prediction!.latencyMs.value).toBe(msOf(id));
  expect(Math.max(...ends)).toBeCloseTo(msOf(id), 8);
});

test('what explain says of a difference adds up to the picosecond, of another network and of another board', () => {
  const models = [MODEL, modelFromSpec('paper:9')!];
  for (const id of IDS) {
    const [difference] = explainModels(models, anyBoardById(id), {}).differences;
    const sumPs = difference.moves.reduce((sum, { deltaPs }) => sum + deltaPs, 0);
    expect(Math.abs(sumPs - 1e9 * difference.deltaMs)).toBeLessThan(1);
  }
});

test('each point of a sweep is what predict says of it, at every clock and library, with its interval', () => {
  const axes = {
    ...{ filters: [3, 8], kernels: ['tflm-reference', 'tflm-reference-Os'] },
    ...{ board: [...IDS, 'openmv-h7-plus'], clock: ['0.5x', '1x'] },
  };
  const space = designSpace({
    ...{ model: specTemplate('paper:{filters}'), intervals: true },
    axes: Object.entries(axes).map(([name, values]) => ({ name, values })),
  });
  const boards = axes.board.map(anyBoardById);
  const results = createEvaluator(space, boards).evaluate(0, countPoints(space));
  const told = ['latencyMs', 'lowMs', 'highMs'].map((name) => columnOf(results, name));
  for (let index = 0; index < countPoints(space); index++) {
    const point = pointAt(space, index);
    const board = anyBoardById(String(point.board));
    const clocked = withClocks(board, clockHzOn(parseClock(String(point.clock)), board));
    const model = modelFromSpec(`paper:${point.filters}`)!;
    const { value, low, high } = predict(model, clocked, deployOptions(point)).latencyMs;
    expect(told.map((column) => valueAt(column, index))).toEqual([value, low, high]);
  }
});

test('of a board of one’s own choices and clocks change the fitted time, in a sweep as well', () => {
  const own = { ...anyBoardById('nucleo-h743zi2'), id: 'mine' };
  const slow = withSettings(own, parseSettings('core.dataCache=off'));
  const axes = [
    { name: 'filters', values: [8] },
    { name: 'board', values: ['mine'] },
  ];
  const space = designSpace({ model: specTemplate('paper:{filters}'), axes });
  const swept = valueAt(columnOf(createEvaluator(space, [slow]).evaluate(0, 1), 'latencyMs'), 0);
  expect(swept).toBe(predict(MODEL, slow).latencyMs.value);
  const clockHz = { core: 240e6 };
  expect(predict(MODEL, withClocks(own, clockHz)).latencyMs).toEqual(
    predict(MODEL, own, { clockHz }).latencyMs,
  );
  expect(swept).toBeGreaterThan(1.05 * predict(MODEL, own).latencyMs.value);
});

test('of a board with scripts for costs published rows say nothing: it is simulated', () => {
  const board = anyBoardById('nucleo-h743zi2');
  const cost = { lua: 'return function(work) return work.macs end' };
  const units = board.units.map((unit) =>
    unit.kind === 'core' ? { ...unit, costs: [...unit.costs, { ...unit.costs[0], cost }] } : unit,
  );
  expect(predict(MODEL, { ...board, units, id: 'mine' }).status).toBeUndefined();
  expect(predict(MODEL, { ...board, id: 'mine' }).status).toBe('new-board');
});
