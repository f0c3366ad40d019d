import { FormatError } from '../errors.ts';
import type { Ps } from '../units.ts';
import { measurePulses, type PinEdge, type Pulses } from './pins.ts';

export interface VcdVariable {
  /** As the file names it. */
  readonly name: string;
  /** With the scopes around it: "top.PIN". */
  readonly path: string;
  readonly id: string;
  readonly type: string;
  readonly bits: number;
}

/** A level of a one-bit variable from `atPs` on; null is unknown (x) or not driven (z). */
export interface VcdLevel {
  readonly atPs: Ps;
  readonly level: 0 | 1 | null;
}

export interface VcdDocument {
  readonly tickPs: Ps;
  readonly variables: readonly VcdVariable[];
  /** By id, one-bit variables only, changes only, the last of one time; empty for variables that were not wanted. */
  readonly levels: ReadonlyMap<string, readonly VcdLevel[]>;
  readonly endPs: Ps;
}

const UNITS_PS: Readonly<Record<string, number>> = { fs: 1e-3, ps: 1, ns: 1e3, us: 1e6, ms: 1e9, s: 1e12 };
const LEVELS: Readonly<Record<string, 0 | 1 | null>> = { 0: 0, 1: 1, x: null, X: null, z: null, Z: null };
const MOST_VARIABLES = 1e6;
const LONGEST_LINE = 1e6;
const DEEPEST_SCOPE = 100;
const DUMPS = ['$dumpvars', '$dumpall', '$dumpon', '$dumpoff'];
/** Sections whose text says nothing about levels. */
const TEXTS = ['$comment', '$date', '$version', '$attrbegin', '$attrend', '$dumpports'];

/**
 * Reads a VCD file line by line; feed each line, then call `end`. Sections and value changes may be broken over lines
 * as the standard allows (IEEE 1364-2005, section 18). Throws FormatError in one line with the number of the line.
 */
export class VcdReader {
  readonly #source: string;
  readonly #wanted: (variable: VcdVariable) => boolean;
  readonly #variables: VcdVariable[] = [];
  readonly #byId = new Map<string, VcdLevel[] | null>();
  readonly #scopes: string[] = [];
  #line = 0;
  #tickPs = 0;
  #atPs = 0;
  #tick = 0;
  #inBody = false;
  #hasText = false;
  #section: string[] | null = null;
  #vector: string | null = null;

  constructor(source: string, wanted: (variable: VcdVariable) => boolean = () => true) {
    this.#source = source;
    this.#wanted = wanted;
  }

  line(text: string): void {
    this.#line++;
    if (text.length > LONGEST_LINE) this.#fail(`is longer than ${LONGEST_LINE} characters; no VCD file`);
    if (text.includes('\0')) throw new FormatError(`${this.#source}: is a binary file, not a VCD file`);
    for (const token of text.split(/\s+/)) if (token !== '') this.#token(token);
  }

  end(): VcdDocument {
    if (!this.#hasText) throw new FormatError(`${this.#source}: is empty; a VCD file begins with a header`);
    if (this.#section !== null) this.#fail(`the file ends within ${this.#section[0]}; it is cut off`);
    if (this.#vector !== null) this.#fail(`the file ends behind ${quote(this.#vector)}; it is cut off`);
    if (!this.#inBody) this.#fail('the file ends in its header, without $enddefinitions; it is cut off');
    const levels = new Map<string, readonly VcdLevel[]>();
    for (const [id, changes] of this.#byId) levels.set(id, changes ?? []);
    return { tickPs: this.#tickPs, variables: this.#variables, levels, endPs: this.#atPs };
  }

  #fail(problem: string): never {
    throw new FormatError(`${this.#source}: line ${this.#line}: ${problem}`);
  }

  #token(token: string): void {
    if (!this.#hasText && !token.startsWith('$')) {
      this.#fail(`${quote(token)} is no section; a VCD file begins with $timescale, $date or the like`);
    }
    this.#hasText = true;
    if (this.#section !== null) this.#inSection(this.#section, token);
    else if (this.#vector !== null) this.#endVector(token);
    else if (token.startsWith('$')) this.#keyword(token);
    else if (!this.#inBody) this.#fail(`${quote(token)} stands in the header, outside any section`);
    else if (token.startsWith('#')) this.#advance(token);
    else this.#change(token);
  }

  #inSection(section: string[], token: string): void {
    if (token !== '$end') {
      if (!TEXTS.includes(section[0]!)) section.push(token);
      if (section.length > 99) this.#fail(`${section[0]} has no $end`);
      return;
    }
    this.#section = null;
    const [keyword, ...words] = section as [string, ...string[]];
    if (keyword === '$timescale') this.#setTimescale(words.join(''));
    else if (keyword === '$scope') this.#addScope(words[1] ?? '');
    else if (keyword === '$upscope') this.#scopes.pop();
    else if (keyword === '$var') this.#addVariable(words);
    else if (keyword === '$enddefinitions') this.#beginBody();
  }

  #keyword(token: string): void {
    if (DUMPS.includes(token) || token === '$end') {
      if (!this.#inBody) this.#fail(`${token} stands before $enddefinitions`);
      return;
    }
    const known = ['$timescale', '$scope', '$upscope', '$var', '$enddefinitions'];
    if (!TEXTS.includes(token) && (this.#inBody || !known.includes(token))) {
      this.#fail(`${quote(token)} is no section of a VCD file here`);
    }
    this.#section = [token];
  }

  #setTimescale(text: string): void {
    const [, count, unit] = /^(1|10|100)(fs|ps|ns|us|ms|s)$/.exec(text) ?? [];
    if (unit === undefined)
      this.#fail(`$timescale ${quote(text)}: expected 1, 10 or 100 and fs, ps, ns, us, ms or s`);
    this.#tickPs = Number(count) * UNITS_PS[unit]!;
  }

  #addScope(name: string): void {
    if (this.#scopes.push(name) > DEEPEST_SCOPE) this.#fail(`scopes nest deeper than ${DEEPEST_SCOPE}`);
  }

  #addVariable([type = '', bits = '', id, ...name]: string[]): void {
    if (id === undefined || name.length === 0 || !/^\d{1,6}$/.test(bits)) {
      this.#fail('$var needs a type, a number of bits, an id and a name');
    }
    if (this.#variables.length >= MOST_VARIABLES) this.#fail(`more than ${MOST_VARIABLES} variables`);
    const own = name.join('').replace(/^\\/, '');
    const path = [...this.#scopes, own].join('.');
    const variable = { name: own, path, id, type, bits: Number(bits) };
    this.#variables.push(variable);
    const isWanted = variable.bits === 1 && type !== 'real' && type !== 'string' && this.#wanted(variable);
    if (isWanted) this.#byId.set(id, this.#byId.get(id) ?? []);
    else if (!this.#byId.has(id)) this.#byId.set(id, null);
  }

  #beginBody(): void {
    if (this.#tickPs === 0) this.#fail('the header ends without $timescale');
    this.#inBody = true;
  }

  #advance(token: string): void {
    const tick = Number(token.slice(1));
    if (!/^#\d+$/.test(token) || !Number.isSafeInteger(tick)) this.#fail(`${quote(token)} is no time`);
    if (tick < this.#tick) this.#fail(`time goes back from #${this.#tick} to ${token}`);
    const atPs = tick * this.#tickPs;
    if (atPs > Number.MAX_SAFE_INTEGER) this.#fail(`${token}: later than the 2.5 hours that are supported`);
    [this.#tick, this.#atPs] = [tick, Math.round(atPs)];
  }

  #change(token: string): void {
    const first = token[0]!;
    if (first in LEVELS) this.#set(token.slice(1), LEVELS[first]!);
    else if (/^[bBrRsS]/.test(token)) this.#vector = token;
    else this.#fail(`${quote(token)} is no value change`);
  }

  #endVector(id: string): void {
    const value = this.#vector!;
    this.#vector = null;
    const level = /^[bB]/.test(value) ? LEVELS[value.slice(-1)] : undefined;
    this.#set(id, level ?? null);
  }

  #set(id: string, level: 0 | 1 | null): void {
    const changes = this.#byId.get(id);
    if (changes === undefined) this.#fail(`a value for ${quote(id)}, which no $var declares`);
    if (changes === null) return;
    if (changes.at(-1)?.atPs === this.#atPs) changes.pop();
    if (changes.at(-1)?.level !== level) changes.push({ atPs: this.#atPs, level });
  }
}

function quote(text: string): string {
  const plain = text.replace(/[^ -~]/g, '?');
  return `"${plain.length > 40 ? `${plain.slice(0, 40)}...` : plain}"`;
}

/** Pulses of a one-bit variable. What touches an unknown level (x, z) has no known end and does not count. */
export function measureLevels(levels: readonly VcdLevel[]): Pulses {
  const runs: PinEdge[][] = [[]];
  let before: 0 | 1 | null = levels[0]?.atPs === 0 ? levels[0].level : 0;
  for (const { atPs, level } of levels) {
    if (level === null) runs.push([]);
    else if (before !== null && level !== before) runs.at(-1)!.push({ atPs, level });
    before = level;
  }
  const pulses = runs.map(measurePulses);
  return {
    widthsPs: pulses.flatMap(({ widthsPs }) => widthsPs),
    lowsPs: pulses.flatMap(({ lowsPs }) => lowsPs),
    periodsPs: pulses.flatMap(({ periodsPs }) => periodsPs),
  };
}

/** A whole VCD file that is in memory already. Throws FormatError with the number of the line. */
export function readVcd(text: string, source = 'vcd'): VcdDocument {
  const reader = new VcdReader(source);
  for (const line of text.split(/\r\n|\r|\n/)) reader.line(line);
  return reader.end();
}
