import { expect, test } from 'vitest';
import { BuiltinOperator } from '../../models/formats/tflite/schema/schema.ts';
import { LAST_NAMED, nameInTool } from './later-operators.ts';

test('operators up to the last of its schema have their names in the tool, later ones their numbers', () => {
  const named = Object.entries<number>(BuiltinOperator).filter(([name]) => name !== 'CUSTOM');
  expect(named.length).toBeGreaterThan(200);
  for (const [name, number] of named) {
    expect(nameInTool(name)).toBe(number > LAST_NAMED ? String(number) : name);
  }
});

test('a custom operator is no more than that to it', () => {
  expect(['CUSTOM:Mine', 'CUSTOM:FlexErf'].map(nameInTool)).toEqual(['CUSTOM', 'CUSTOM']);
});
