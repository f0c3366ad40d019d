import { causesOf } from '../../calibrate/diagnose/causes.ts';
import { diagnose, type Diagnoses } from '../../calibrate/diagnose/diagnose.ts';
import { SpecError } from '../../errors.ts';
import { predict, type PredictOptions } from '../../simulate/predict.ts';
import { loadBoard, loadModel } from '../inputs.ts';

const MS_PER_UNIT: Readonly<Record<string, number>> = { us: 1e-3, ms: 1, s: 1e3 };
const NORMAL_90 = 1.6449;

function readMs(text: string): number {
  const [, number = '', unit = ''] = /^\s*([\d.]+(?:e-?\d+)?)\s*(us|ms|s)\s*$/.exec(text) ?? [];
  const ms = Number(number) * (MS_PER_UNIT[unit] ?? Number.NaN);
  if (ms > 0 && Number.isFinite(ms)) return ms;
  throw new SpecError(
    `--measured: "${text}" is no time; write a number above 0 and us, ms or s, such as 1465ms`,
  );
}

/** Names on the command line. */
export interface DiagnosisNames {
  readonly model: string;
  readonly board: string;
  readonly measured: string;
  readonly set: string | undefined;
}

/** Settings under which a measured time is what it should be. Throws SpecError. */
export async function diagnoseModel(names: DiagnosisNames, options: PredictOptions): Promise<Diagnoses> {
  const measuredMs = readMs(names.measured);
  const [model, board] = [await loadModel(names.model), await loadBoard(names.board, names.set)];
  const question = { model, board, options, modelText: names.model, boardText: names.board };
  const { asIsMs, causes } = causesOf(question);
  const { latencyMs } = predict(model, board, options);
  // Published rows of the board move all of its times alike.
  const scale = latencyMs.value / asIsMs;
  const sigma = Math.log(latencyMs.high / latencyMs.value) / NORMAL_90;
  const scaled = causes.map((cause) => ({ ...cause, predictedMs: cause.predictedMs * scale }));
  return diagnose(measuredMs, latencyMs.value, sigma, scaled);
}
