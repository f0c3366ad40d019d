import { ScriptError } from './script-error.ts';
import type { LuaValue } from './values.ts';

export type LuaRecord = Readonly<Record<string, LuaValue>>;

/** What a value is called in messages. */
export function kindOf(value: LuaValue): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a table' : `a ${typeof value}`;
}

function wrongKind(place: string, wanted: string, value: LuaValue): ScriptError {
  const got = typeof value === 'string' ? `"${value.slice(0, 40)}"` : kindOf(value);
  return new ScriptError(`${place} must be ${wanted}, got ${got}`);
}

export function asText(value: LuaValue, place: string): string {
  if (typeof value === 'string') return value;
  throw wrongKind(place, 'a text', value);
}

export function asNumber(value: LuaValue, place: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw wrongKind(place, 'a finite number', value);
}

export function asFlag(value: LuaValue, place: string): boolean {
  if (typeof value === 'boolean') return value;
  throw wrongKind(place, 'true or false', value);
}

export function isRecord(value: LuaValue): value is LuaRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asRecord(value: LuaValue, place: string): LuaRecord {
  if (isRecord(value)) return value;
  throw wrongKind(place, 'a table with names', value);
}

/** A list; Lua's empty table is one too. */
export function asList(value: LuaValue, place: string): readonly LuaValue[] {
  if (Array.isArray(value)) return value as readonly LuaValue[];
  if (isRecord(value) && Object.keys(value).length === 0) return [];
  throw wrongKind(place, 'a list', value);
}

/** A record whose names are all known. Throws a ScriptError that lists them. */
export function asKnownRecord(value: LuaValue, place: string, known: readonly string[]): LuaRecord {
  const record = asRecord(value ?? {}, place);
  const stray = Object.keys(record).find((name) => !known.includes(name));
  if (stray === undefined) return record;
  throw new ScriptError(`${place} has no field "${stray}"; known: ${known.join(', ')}`);
}
