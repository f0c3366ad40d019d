import { FormatError } from '../errors.ts';
import { PS_PER_MS, PS_PER_NS, PS_PER_SECOND, PS_PER_US, type Ps } from '../units.ts';

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

export interface VcdHeader {
  readonly tickPs: Ps;
  readonly variables: readonly VcdVariable[];
  /** The last time that the file names. */
  readonly endPs: Ps;
}

/** A VCD file: its variables, and the changes of each by its id. */
export interface VcdDocument extends VcdHeader {
  /** By id; one-bit variables only. */
  readonly levels: ReadonlyMap<string, readonly VcdLevel[]>;
}

export interface VcdListener {
  /** Whether a one-bit variable is listened to. */
  readonly wants: (variable: VcdVariable) => boolean;
  /** Hears every change of level, in the order of time for each id; of several at one time, the last. */
  readonly hear: (id: string, level: VcdLevel) => void;
}

interface Track {
  readonly id: string;
  told: 0 | 1 | null | undefined;
  level: 0 | 1 | null;
  atPs: Ps;
}

const UNITS_PS: Readonly<Record<string, number>> = {
  fs: 1e-3,
  ps: 1,
  ns: PS_PER_NS,
  us: PS_PER_US,
  ms: PS_PER_MS,
  s: PS_PER_SECOND,
};
const LEVELS: Readonly<Record<string, 0 | 1 | null>> = { 0: 0, 1: 1, x: null, X: null, z: null, Z: null };
const MOST_VARIABLES = 1e6;
const LONGEST_LINE = 1e6;
const DEEPEST_SCOPE = 100;
const DUMPS = ['$dumpvars', '$dumpall', '$dumpon', '$dumpoff'];
/** Sections whose text says nothing about levels. */
const TEXTS = ['$comment', '$date', '$version', '$attrbegin', '$attrend', '$dumpports'];

/**
 * Reads a VCD file line by line; feed each line, then call `end`. It holds the header only. Sections and value changes may be broken over lines
 * as the standard allows (IEEE 1364-2005, section 18). Throws FormatError in one line with the number of the line.
 */
export class VcdReader {
  readonly #source: string;
  readonly #listener: VcdListener;
  readonly #variables: VcdVariable[] = [];
  readonly #byId = new Map<string, Track | null>();
  readonly #scopes: string[] = [];
  #line = 0;
  #tickPs = 0;
  #atPs = 0;
  #tick = 0;
  #inBody = false;
  #hasText = false;
  #section: string[] | null = null;
  #vector: string | null = null;

  constructor(source: string, listener: VcdListener) {
    this.#source = source;
    this.#listener = listener;
  }

  line(text: string): void {
    this.#line++;
    if (text.length > LONGEST_LINE) this.#fail(`is longer than ${LONGEST_LINE} characters; no VCD file`);
    if (text.includes('\0')) throw new FormatError(`${this.#source}: is a binary file, not a VCD file`);
    for (const token of text.split(/\s+/)) if (token !== '') this.#token(token);
  }

  end(): VcdHeader {
    if (!this.#hasText) throw new FormatError(`${this.#source}: is empty; a VCD file begins with a header`);
    if (this.#section !== null) this.#fail(`the file ends within ${this.#section[0]}; it is cut off`);
    if (this.#vector !== null) this.#fail(`the file ends behind ${quote(this.#vector)}; it is cut off`);
    if (!this.#inBody) this.#fail('the file ends in its header, without $enddefinitions; it is cut off');
    for (const track of this.#byId.values()) if (track) this.#tell(track);
    return { tickPs: this.#tickPs, variables: this.#variables, endPs: this.#atPs };
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
      if (!TEXTS.includes(section[0])) section.push(token);
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
    this.#tickPs = Number(count) * UNITS_PS[unit];
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
    const isBit = variable.bits === 1 && type !== 'real' && type !== 'string';
    if (isBit && this.#listener.wants(variable)) {
      this.#byId.set(id, this.#byId.get(id) ?? { id, told: undefined, level: null, atPs: -1 });
    } else if (!this.#byId.has(id)) this.#byId.set(id, null);
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
    const first = token[0];
    if (first in LEVELS) this.#set(token.slice(1), LEVELS[first]);
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
    const track = this.#byId.get(id);
    if (track === undefined) this.#fail(`a value for ${quote(id)}, which no $var declares`);
    if (track === null) return;
    if (track.atPs !== this.#atPs) this.#tell(track);
    track.atPs = this.#atPs;
    track.level = level;
  }

  #tell(track: Track): void {
    const { id, told, level, atPs } = track;
    if (atPs < 0 || level === told) return;
    track.told = level;
    this.#listener.hear(id, { atPs, level });
  }
}

function quote(text: string): string {
  const plain = text.replace(/[^ -~]/g, '?');
  return `"${plain.length > 40 ? `${plain.slice(0, 40)}...` : plain}"`;
}

/** A whole VCD file that is in memory already. Throws FormatError with the number of the line. */
export function readVcd(text: string, source = 'vcd'): VcdDocument {
  const levels = new Map<string, VcdLevel[]>();
  const reader = new VcdReader(source, {
    wants: ({ id }) => {
      levels.set(id, []);
      return true;
    },
    hear: (id, level) => void levels.get(id)!.push(level),
  });
  for (const line of text.split(/\r\n|\r|\n/)) reader.line(line);
  return { ...reader.end(), levels };
}
