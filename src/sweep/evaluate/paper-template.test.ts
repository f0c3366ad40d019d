import { describe, expect, it, test } from 'vitest';
import { parsePaperSpec } from '../../models/specs/paper-spec.ts';
import { specMaker } from './design-models.ts';
import { paperTemplate } from './paper-template.ts';

describe('paperTemplate', () => {
  test.each([
    ['paper:{f}', { f: 7 }],
    ['paper:{f},k={k},size={s},stride=2', { f: 3, k: 5, s: 28 }],
    ['paper:{f},k={f},padding=valid', { f: 3 }],
    ['paper:8,classes={n}', { n: 2, dtype: 'int8' }],
    ['paper:12', { dtype: 'float32' }],
  ])('puts the values of a point into %s as its parser would', (text, point) => {
    expect(paperTemplate(text)!(point)).toEqual(parsePaperSpec(specMaker(text)(point)));
  });

  test.each([
    ['a word', 'paper:{f},padding={word}'],
    ['a part of a number', 'paper:{f},size={a}{b}'],
    ['a key', 'paper:{f},{key}=3'],
    ['another kind of spec', '{"input": [{side}, 8, 1], "layers": "dense 3"}'],
    ['a number that could be mistaken', 'paper:{f},k=987654321'],
  ])('leaves templates to the parser in which a placeholder stands for %s', (_, text) => {
    expect(paperTemplate(text)).toBeUndefined();
  });

  it('leaves values to the parser that are no counts', () => {
    const optionsOf = paperTemplate('paper:{f}')!;
    for (const f of [0, -1, 2.5, 2 ** 60, 'many']) expect(optionsOf({ f })).toBeUndefined();
  });
});
