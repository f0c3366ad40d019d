import type { Board } from '../../boards/board/board.ts';
import { InferscopeError } from '../../errors.ts';
import { isKmodel, type Model } from '../../models/formats/model.ts';
import type { TimedRow } from '../../profiles/read-log.ts';
import { partsOf, type Part } from '../../report/explanation/parts.ts';
import type { PredictOptions } from '../../simulate/predict.ts';
import { predictWithFacts } from '../../simulate/predict-with-facts.ts';
import { asInt8 } from '../../suggest/whole-edits.ts';
import { medianRatio, timeOf, type Matched } from './match-rows.ts';

/** Residuals within this factor of the common ratio are no news. */
const NEAR = 1.25;
/** Beyond this factor no board has the clock that would explain it. */
const MOST_CLOCK = 4;

const distance = (ratio: number): number => Math.abs(Math.log(ratio));
/** Time of the same operators in another prediction, in ms. */
type TimeIn = (parts: readonly Part[]) => number;

/** int8 is the cause where it explains more than a factor of two. */
const EXPLAINED = Math.log(2);

/** What an operator's time differs from the prediction by. */
export interface RowCause {
  /** In words; absent where it is near enough. */
  readonly cause?: string;
  /** Measured over predicted, over what all layers have in common, where nothing explains it. */
  readonly residual?: number;
}

/** The likely causes of what a log differs in from a prediction: other choices of the board, each predicted in full. */
export class ResidualCauses {
  private readonly board: Board;
  private readonly others: readonly { readonly words: string; readonly timeIn: TimeIn }[];
  private readonly int8: TimeIn | undefined;
  private base: { readonly timeIn: TimeIn; readonly ratio: number } = { timeIn: timeOf, ratio: 1 };

  constructor(model: Model, board: Board, options: PredictOptions) {
    this.board = board;
    const choices: { words: string; options: PredictOptions }[] = [
      ...board.runtime.kernels.map((kernels) => ({ words: `kernels of ${kernels}`, options: { kernels } })),
      ...board.memories.map(({ id }) => ({ words: `weights in ${id}`, options: { weightsIn: id } })),
    ];
    this.others = choices.flatMap(({ words, options: choice }) => {
      const timeIn = timesOf(model, board, { ...options, ...choice });
      return timeIn ? [{ words, timeIn }] : [];
    });
    const isFloat = !isKmodel(model) && model.inputs.every((at) => model.tensors[at].dtype === 'float32');
    this.int8 = isFloat ? timesOf(asInt8(model), board, options) : undefined;
  }

  /** What all layers have in common, in words; what is said of single ones is held against that. */
  ofAll(matched: readonly Matched[], ratio: number): string | undefined {
    this.base = { timeIn: timeOf, ratio };
    if (distance(ratio) <= Math.log(NEAR)) return undefined;
    const told = `all layers take ${ratio.toFixed(2)} times what is predicted`;
    const asInt8Ratio = this.int8 && medianRatio(matched, this.int8);
    if (this.int8 && asInt8Ratio !== undefined && distance(asInt8Ratio) + EXPLAINED < distance(ratio)) {
      this.base = { timeIn: this.int8, ratio: asInt8Ratio };
      return `${told} of float32, and ${asInt8Ratio.toFixed(2)} times that of int8: the log is of the quantized network`;
    }
    if (distance(ratio) > Math.log(MOST_CLOCK)) return `${told}: other kernels, or another chip`;
    const mhz = this.board.clocks[0].hz.value / 1e6 / ratio;
    return `${told}: a clock of ${mhz.toFixed(0)} MHz, another compiler, or another chip`;
  }

  /** The choice that explains a residual best, if it explains most of it; nothing where there is nothing to explain. */
  ofRow({ ms }: TimedRow, parts: readonly Part[]): RowCause {
    const residual = ms / this.base.timeIn(parts) / this.base.ratio;
    if (!(distance(residual) > Math.log(NEAR))) return {};
    const [best] = this.others
      .map(({ words, timeIn }) => ({ words, left: distance(ms / timeIn(parts)) }))
      .sort((a, b) => a.left - b.left);
    if (best && best.left < distance(residual) / 2) return { cause: `as with ${best.words}` };
    const way = residual > 1 ? 'slower' : 'faster';
    return { cause: `${way} than the others: no choice of this board explains it`, residual };
  }
}

/** Times of a network's operators with other choices; undefined where the board refuses it. */
function timesOf(model: Model, board: Board, options: PredictOptions): TimeIn | undefined {
  try {
    const all = partsOf(predictWithFacts(model, board, options));
    return (parts) => {
      const nodes = new Set(parts.map(({ node }) => node));
      return timeOf(all.filter(({ node }) => node !== null && nodes.has(node)));
    };
  } catch (error) {
    if (error instanceof InferscopeError) return undefined;
    throw error;
  }
}
