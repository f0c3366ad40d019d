import { SpecError } from '../../errors.ts';
import { quote } from '../../models/graph/quote.ts';

const NUMBER = /^(0x[0-9a-f]{1,8}|\d{1,10})$/i;

/** A value of a JSON document with the way to it, for messages. */
export class Field {
  readonly #value: unknown;
  readonly path: string;

  constructor(value: unknown, path: string) {
    this.#value = value;
    this.path = path;
  }

  get isList(): boolean {
    return Array.isArray(this.#value);
  }

  /** A field of an object. */
  at(name: string): Field {
    const table = this.#object();
    if (!Object.hasOwn(table, name)) this.fail(`lacks "${name}"`);
    return new Field(table[name], `${this.path}.${name}`);
  }

  /** The object, which may have these fields and no others. */
  table(names: readonly string[]): Table {
    const unknown = Object.keys(this.#object()).find((name) => !names.includes(name));
    if (unknown !== undefined) this.fail(`has a field ${quote(unknown)}; allowed: ${names.join(', ')}`);
    return { has: (name) => Object.hasOwn(this.#object(), name), at: (name) => this.at(name) };
  }

  list(least = 0): Field[] {
    if (!Array.isArray(this.#value)) this.fail(`must be a list, got ${this.#shown()}`);
    const list = this.#value as unknown[];
    if (list.length < least) this.fail('is an empty list');
    return list.map((value, index) => new Field(value, `${this.path}[${index}]`));
  }

  /** A whole number, or one as text, "0x68". */
  number(least: number, most: number): number {
    const value = this.#value;
    const number = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
    const isFitting =
      typeof number === 'number' && Number.isInteger(number) && least <= number && number <= most;
    if (!isFitting) this.fail(`must be a whole number from ${least} to ${most}, got ${this.#shown()}`);
    return number as number;
  }

  span(most: number): number {
    const value = this.#value;
    const isFitting = typeof value === 'number' && value >= 0 && value <= most;
    if (!isFitting) this.fail(`must be a number from 0 to ${most}, got ${this.#shown()}`);
    return value as number;
  }

  text(choices?: readonly string[]): string {
    const value = this.#value;
    if (typeof value !== 'string' || value === '') this.fail(`must be a text, got ${this.#shown()}`);
    if (choices && !choices.includes(value as string)) {
      this.fail(`is ${this.#shown()}; allowed: ${choices.join(', ')}`);
    }
    return value as string;
  }

  /** An object's fields whose names are numbers up to `last`. */
  numbered(last: number): [number, Field][] {
    return Object.entries(this.#object()).map(([name, value]) => {
      const number = new Field(name, `${this.path}, name of a register`).number(0, last);
      return [number, new Field(value, `${this.path}["${name}"]`)];
    });
  }

  fail(problem: string): never {
    throw new SpecError(`${this.path}: ${problem}`);
  }

  #object(): Record<string, unknown> {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.fail(`must be an object, got ${this.#shown()}`);
    }
    return value as Record<string, unknown>;
  }

  #shown(): string {
    const text = JSON.stringify(this.#value) ?? String(this.#value);
    return text.length > 40 ? `${text.slice(0, 37)}...` : text;
  }
}

/** An object whose fields are known by name. */
export interface Table {
  has(name: string): boolean;
  at(name: string): Field;
}
