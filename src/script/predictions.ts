import type { Board } from '../boards/board/board.ts';
import { parseBoard } from '../boards/json/parse-board.ts';
import { checkSettings, configureBoards } from '../boards/settings/all-settings.ts';
import { usePublishedTimes } from '../calibrate/fitted/published-times.ts';
import { deploy } from '../deploy/index.ts';
import { placeLayers } from '../deploy/placed-layers.ts';
import type { Model } from '../models/formats/model.ts';
import { predict, type PredictOptions } from '../simulate/predict.ts';
import { asFlag, asKnownRecord, asNumber, asRecord, asText, isRecord, kindOf } from './arguments.ts';
import { ScriptError } from './script-error.ts';
import type { LuaValue } from './values.ts';

/** How names of models and boards are resolved: by what is built in, or from files. */
export interface Inputs {
  loadModel(text: string): Model;
  loadBoard(name: string): Board;
}

const OPTIONS = ['kernels', 'weightsIn', 'floatFc', 'copyOut', 'clockHz', 'set'];

function readClocks(value: LuaValue): Record<string, number> {
  const clocks = Object.entries(asRecord(value, 'options.clockHz'));
  return Object.fromEntries(clocks.map(([id, hz]) => [id, readHz(hz, `options.clockHz.${id}`)]));
}

function readHz(value: LuaValue, place: string): number {
  const hz = asNumber(value, place);
  if (hz > 0) return hz;
  throw new ScriptError(`${place} must be above 0, got ${hz}`);
}

function readCopyOut(value: LuaValue): 'cpu' | 'dma' {
  if (value === 'cpu' || value === 'dma') return value;
  throw new ScriptError('options.copyOut must be "cpu" or "dma"');
}

/** The options table of `predict` and `place`. Throws a ScriptError that names the option. */
export function readOptions(value: LuaValue): PredictOptions {
  const { kernels, weightsIn, floatFc, copyOut, clockHz } = asKnownRecord(value, 'options', OPTIONS);
  return {
    ...(kernels !== undefined && { kernels: asText(kernels, 'options.kernels') }),
    ...(weightsIn !== undefined && { weightsIn: asText(weightsIn, 'options.weightsIn') }),
    ...(floatFc !== undefined && { floatFc: asFlag(floatFc, 'options.floatFc') }),
    ...(copyOut !== undefined && { copyOut: readCopyOut(copyOut) }),
    ...(clockHz !== undefined && { clockHz: readClocks(clockHz) }),
  };
}

/** The board under the choices of `options.set`, a table such as { ["core.dataCache"] = "off" }. Throws a SpecError. */
function readConfiguredBoard(value: LuaValue, inputs: Inputs, options: LuaValue): Board {
  const board = readBoard(value, inputs);
  const { set } = asKnownRecord(options, 'options', OPTIONS);
  if (set === undefined) return board;
  const choices = Object.entries(asRecord(set, 'options.set')).map(([key, choice]) => [
    key,
    asText(choice, `options.set.${key}`),
  ]);
  return configureBoards([board], checkSettings(Object.fromEntries(choices) as Record<string, string>))[0];
}

/** A board by its name, or a table made from one, which is checked as a board file is. */
export function readBoard(value: LuaValue, inputs: Inputs): Board {
  if (typeof value === 'string') return inputs.loadBoard(value);
  if (isRecord(value)) return parseBoard(value, `board "${String(value.id)}"`);
  throw new ScriptError(`board must be an id, a file or a table, got ${kindOf(value)}`);
}

/** What `predict(model, board, options)` returns. Throws what the prediction throws, an InferscopeError of one line. */
export function predictFor(inputs: Inputs, model: LuaValue, board: LuaValue, options: LuaValue): LuaValue {
  usePublishedTimes();
  const prediction = predict(
    inputs.loadModel(asText(model, 'model')),
    readConfiguredBoard(board, inputs, options),
    readOptions(options),
  );
  const { latencyMs, reportedMs, steps, memory, warnings } = prediction;
  const { fits, flashBytes, ramBytes } = memory;
  return {
    model: prediction.model,
    board: prediction.board,
    toolchain: prediction.toolchain,
    dtype: prediction.dtype,
    latencyMs: latencyMs.value,
    lowMs: latencyMs.low,
    highMs: latencyMs.high,
    reportedMs: reportedMs.value,
    domain: latencyMs.domain,
    steps: steps.map(({ index, op, unit, startMs, durationMs, macs, boundBy, reason }) => ({
      ...{ index, op, unit, startMs, durationMs, macs, boundBy, reason },
    })),
    memory: { fits, flashBytes, ramBytes },
    warnings,
  };
}

/** What `place(model, board, options)` returns: which unit runs each layer, and by which rule. */
export function placeFor(inputs: Inputs, model: LuaValue, board: LuaValue, options: LuaValue): LuaValue {
  const graph = inputs.loadModel(asText(model, 'model'));
  const program = deploy(graph, readConfiguredBoard(board, inputs, options), readOptions(options));
  return placeLayers(graph, program).map(({ index, op, unit, rule, reason }) => ({
    ...{ index, op, unit, rule, reason },
  }));
}
