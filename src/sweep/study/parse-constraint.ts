import { SpecError } from '../../errors.ts';
import { quote } from '../../models/graph/quote.ts';
import type { Comparison, Constraint } from './constraint.ts';
import { METRICS, metricOf } from './metric.ts';

const TOKEN = /\s*(\(|\)|<=|>=|<|>|=|[A-Za-z]+|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/iy;
const FORM = 'write "memory fits", "latencyMs < 5", or several of them with "and", "or" and parentheses';
const MAX_DEPTH = 100;
const COMPARISONS = ['<', '<=', '>', '>=', '='];

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const token = new RegExp(TOKEN);
  while (text.slice(token.lastIndex).trim() !== '') {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (!found) throw new SpecError(`constraint: ${quote(text.slice(at).trim())} is not understood; ${FORM}`);
    tokens.push(found[1]);
  }
  return tokens;
}

/** Reads one constraint from left to right; `and` binds closer than `or`. */
class ConstraintReader {
  readonly #text: string;
  readonly #tokens: string[];
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  read(): Constraint {
    const constraint = this.#list('any', 'or', () => this.#list('all', 'and', () => this.#one()));
    if (this.#tokens.length > 0) throw this.#odd(this.#tokens[0]);
    return constraint;
  }

  #list(kind: 'any' | 'all', word: string, one: () => Constraint): Constraint {
    const of = [one()];
    while (this.#tokens[0] === word) {
      this.#tokens.shift();
      of.push(one());
    }
    return of.length === 1 ? of[0] : { kind, of };
  }

  #one(): Constraint {
    const word = this.#tokens.shift();
    if (word === '(') return this.#inParentheses();
    if (word === 'memory' && this.#tokens[0] === 'fits') this.#tokens.shift();
    else if (word !== 'fits') return this.#bound(word);
    return { kind: 'fits' };
  }

  #inParentheses(): Constraint {
    if (++this.#depth > MAX_DEPTH)
      throw new SpecError(`constraint: has more than ${MAX_DEPTH} parentheses in each other`);
    const inside = this.#list('any', 'or', () => this.#list('all', 'and', () => this.#one()));
    const end = this.#tokens.shift();
    this.#depth--;
    if (end === ')') return inside;
    throw this.#odd(end);
  }

  #bound(word: string | undefined): Constraint {
    const metric = metricOf(word ?? '');
    if (metric === undefined) throw this.#odd(word, `; metrics are ${METRICS.join(', ')}`);
    const comparison = this.#tokens.shift();
    if (comparison === undefined || !COMPARISONS.includes(comparison)) throw this.#odd(comparison);
    const number = this.#tokens.shift();
    const value = number === undefined ? Number.NaN : Number(number);
    if (Number.isNaN(value)) throw this.#odd(number);
    return { kind: 'bound', metric, comparison: comparison as Comparison, value };
  }

  #odd(token: string | undefined, more = ''): SpecError {
    const what = token === undefined ? 'ends too early' : `has an unexpected ${JSON.stringify(token)}`;
    return new SpecError(`constraint: ${JSON.stringify(this.#text)} ${what}; ${FORM}${more}`);
  }
}

/** Reads "memory fits and (latencyMs < 5 or accuracy >= 0.97)". Throws a SpecError of one line. */
export function parseConstraint(text: string): Constraint {
  return new ConstraintReader(text).read();
}
