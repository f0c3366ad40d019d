import { expect, test } from 'vitest';
import { visible, visibleLine } from './visible-text.ts';

test('what a terminal would obey is shown as an escape; lines and columns stay', () => {
  expect(visible('a\u001b[31mb\u0007\u009b1m\u007f\tc\nd\r\n')).toBe(
    'a\\u001b[31mb\\u0007\\u009b1m\\u007f\tc\nd\r\n',
  );
  expect(visible('evil\u202egnp.exe \u2066x\u2069 \u200f')).toBe(
    'evil\\u202egnp.exe \\u2066x\\u2069 \\u200f',
  );
});

test('a carriage return that ends no line would write over it, and is shown', () => {
  expect(visible('safe\revil')).toBe('safe\\u000devil');
});

test('other letters of the world stay as they are', () => {
  const text = 'Пример 模型 🙂 שלום é';
  expect(visible(text)).toBe(text);
});

test('JSON with escapes means the same text', () => {
  const document = { name: 'a\u009b\u202e\u007f' };
  expect(JSON.parse(visible(JSON.stringify(document)))).toEqual(document);
});

test('on one line, ends of lines are shown too', () => {
  expect(visibleLine('a\nb\tc')).toBe('a\\u000ab\\u0009c');
});
