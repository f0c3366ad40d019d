import { InferscopeError } from '../../errors.ts';
import type { CountCondition, Terms } from '../board/board.ts';

export type Counts = Readonly<Record<string, number>>;

/** One term of a sum: a coefficient and the counts that it is multiplied with. */
export interface Term {
  readonly factors: readonly string[];
  readonly coefficient: number;
}

const parsedTerms = new WeakMap<object, readonly Term[]>();

/** The same name as engines keep names of properties: looking it up in an object is then several times faster. */
export function asPropertyName(name: string): string {
  return Object.keys({ [name]: 0 })[0];
}

/** The count names in the key of a term; none for '1'. */
export function parseFactors(key: string): string[] {
  return key === '1' ? [] : key.split('*').map(asPropertyName);
}

/** Keys are products of count names ('pixels*outChannels') or blocks of counts ('pixels/4'), '1' a constant. Parsed once per object. */
export function parseTerms(terms: Terms): readonly Term[] {
  let parsed = parsedTerms.get(terms);
  if (!parsed) {
    parsed = Object.entries(terms).map(([key, coefficient]) => ({ factors: parseFactors(key), coefficient }));
    parsedTerms.set(terms, parsed);
  }
  return parsed;
}

/** A count that a term names and the work does not carry. */
export class UnknownCountError extends InferscopeError {
  override name = 'UnknownCountError';
  constructor(count: string) {
    super(`a cost term names the count "${count}", which this work does not carry`);
  }
}

/** A count taken in blocks: "pixels/4" the whole blocks, "pixels%4" what is left of them, "pixels^4" all of them, the last begun. */
const BLOCKS = /^(\w+)([/%^])(\d+)$/;
const blocks = new Map<string, RegExpExecArray | null>();

function blocksIn(factor: string): RegExpExecArray | null {
  let parsed = blocks.get(factor);
  if (parsed === undefined) blocks.set(factor, (parsed = BLOCKS.exec(factor)));
  return parsed;
}

/** The count that a factor is made from: its own name, or the one that it takes in blocks. */
export function countNameOf(factor: string): string {
  return blocksIn(factor)?.[1] ?? factor;
}

function countBlocks(factor: string, counts: Counts): number | undefined {
  const parsed = blocksIn(factor);
  const count = parsed && counts[parsed[1]!];
  if (count === undefined || count === null) return undefined;
  const block = Number(parsed![3]);
  if (parsed![2] === '%') return count % block;
  return parsed![2] === '/' ? Math.floor(count / block) : Math.ceil(count / block);
}

/** Product of the counts of these names; 1 for none. Throws UnknownCountError for a name that `counts` does not hold. */
export function multiplyFactors(factors: readonly string[], counts: Counts): number {
  let product = 1;
  for (const factor of factors) {
    const count = counts[factor] ?? countBlocks(factor, counts);
    if (count === undefined) throw new UnknownCountError(factor);
    product *= count;
  }
  return product;
}

/** Sum of coefficient x product of counts. Throws UnknownCountError for a name that `counts` does not hold. */
export function sumTerms(terms: readonly Term[], counts: Counts): number {
  let sum = 0;
  for (const { factors, coefficient } of terms) sum += coefficient * multiplyFactors(factors, counts);
  return sum;
}

/** `sumTerms` of terms as a board's data hold them. */
export function evaluateTerms(terms: Terms, counts: Counts): number {
  return sumTerms(parseTerms(terms), counts);
}

/** Value of each term without its coefficient, in the order of the keys: a row of a design matrix. */
export function termValues(terms: Terms, counts: Counts): number[] {
  return parseTerms(terms).map(({ factors }) => multiplyFactors(factors, counts));
}

function meets(count: number | undefined, condition: CountCondition): boolean {
  if (count === undefined) return false;
  if (typeof condition === 'number') return count === condition;
  const { min = -Infinity, max = Infinity, multipleOf = 1 } = condition;
  return count >= min && count <= max && count % multipleOf === 0;
}

/** Whether the counts meet every condition of a cost row's `when`; a row without one fits all. */
export function matchesWhen(
  when: Readonly<Record<string, CountCondition>> | undefined,
  counts: Counts,
): boolean {
  if (!when) return true;
  for (const name in when) if (!meets(counts[name], when[name])) return false;
  return true;
}
