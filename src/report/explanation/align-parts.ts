import type { Part } from './parts.ts';

/** Parts of two inferences that are the same work; a part that has no partner stands alone. */
export type PartPair =
  | { readonly before: Part; readonly after: Part }
  | { readonly before: Part; readonly after?: undefined }
  | { readonly before?: undefined; readonly after: Part };

/**
 * Kinds of work by the words in an operator's name, since formats and converters name the same work differently. A Dense
 * is a 1x1 convolution on some units, so both are one kind.
 */
const KINDS: readonly (readonly [words: RegExp, kind: string])[] = [
  [/conv|fully_?connected|dense|matmul|gemm|(^|_)linear/i, 'multiply'],
  [/pool|^mean$/i, 'pool'],
  [/reshape|flatten/i, 'reshape'],
  [/softmax|^nl$/i, 'softmax'],
  [/eltwise|^add$/i, 'add'],
  [/^concat/i, 'concat'],
  [/^(swish|silu|sigmoid|logistic)$/i, 'sigmoid'],
  [/^dequantize/i, 'dequantize'],
  [/^quantize/i, 'quantize'],
];

/** What tells works of one kind apart. */
const FINER: readonly (readonly [words: RegExp, kind: string])[] = [
  [/depthwise|dw_?conv/i, 'depthwise'],
  [/conv/i, 'convolution'],
  [/fully_?connected|dense|gemm|(^|_)linear/i, 'dense'],
];

const finerKind = (op: string): string => FINER.find(([words]) => words.test(op))?.[1] ?? plainName(op);

/** A name without what formats write differently: MAX_POOL_2D, MaxPool2D and max_pool_2d are one. */
const plainName = (op: string): string => op.toLowerCase().replace(/[^a-z0-9]|2d$/g, '');

/** Beyond so many pairs of parts, those of one position are taken for the same. */
const MANY_PAIRS = 4e6;

function kindOf({ node, op }: Part): string {
  if (node === null) return `runtime ${op}`;
  return KINDS.find(([words]) => words.test(op))?.[1] ?? plainName(op);
}

const likeness = (a: number, b: number): number => (a === b ? 1 : Math.min(a, b) / Math.max(a, b));

/** How much speaks for two parts being the same work: 0 where they cannot be. */
function affinity(a: Part, b: Part): number {
  if (kindOf(a) !== kindOf(b)) return 0;
  const sameOp = finerKind(a.op) === finerKind(b.op) ? 1 : 0;
  const sameLayer = a.layer !== undefined && a.layer === b.layer ? 1 : 0;
  return 2 + sameOp + sameLayer + likeness(a.macs, b.macs) + likeness(a.storeBytes, b.storeBytes);
}

/** Best sums of affinities of the tails of two lists (Needleman and Wunsch 1970, without a price for gaps). */
function bestSums(a: readonly Part[], b: readonly Part[]): Float64Array[] {
  const sums = Array.from({ length: a.length + 1 }, () => new Float64Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const alike = affinity(a[i], b[j]);
      const paired = alike > 0 ? alike + sums[i + 1][j + 1] : 0;
      sums[i][j] = Math.max(paired, sums[i + 1][j], sums[i][j + 1]);
    }
  }
  return sums;
}

/** Pairs the parts of two inferences in their order, so that the most alike are together. */
export function alignParts(a: readonly Part[], b: readonly Part[]): PartPair[] {
  if (a.length * b.length > MANY_PAIRS) return byPosition(a, b);
  const sums = bestSums(a, b);
  const pairs: PartPair[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const alike = i < a.length && j < b.length ? affinity(a[i], b[j]) : 0;
    if (alike > 0 && sums[i][j] === alike + sums[i + 1][j + 1]) pairs.push({ before: a[i++], after: b[j++] });
    else if (j === b.length || (i < a.length && sums[i][j] === sums[i + 1][j]))
      pairs.push({ before: a[i++] });
    else pairs.push({ after: b[j++] });
  }
  return pairs;
}

function byPosition(a: readonly Part[], b: readonly Part[]): PartPair[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, at): PartPair[] => {
    const [before, after] = [a[at], b[at]];
    if (before && after && kindOf(before) === kindOf(after)) return [{ before, after }];
    return [...(before ? [{ before }] : []), ...(after ? [{ after }] : [])];
  }).flat();
}
