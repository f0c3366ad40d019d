import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const moved = vi.hoisted(() => [] as string[]);
vi.mock('./views/controls.tsx', () => ({ stepFilters: (by: number) => moved.push(`filters ${by}`) }));
vi.mock('./views/when.tsx', () => ({ stepCursor: (by: number) => moved.push(`cursor ${by}`) }));
vi.mock('./state/lab-simulation.ts', () => ({ undo: () => moved.push('undo') }));
vi.mock('./state/lab-store.ts', () => ({ isHelpOpen: { value: false }, isZoomed: { value: false } }));
vi.mock('./state/look.ts', () => ({ togglePin: () => moved.push('pin') }));
vi.mock('./state/learner.ts', () => ({ showLesson: (index: number) => moved.push(`lesson ${index}`) }));

class Field {
  readonly isContentEditable = false;
  readonly tagName = 'TEXTAREA';
}

let press: (event: object) => void;

beforeEach(async () => {
  moved.length = 0;
  vi.stubGlobal('HTMLElement', Field);
  vi.stubGlobal('document', {
    addEventListener: (_: string, listener: (event: object) => void) => (press = listener),
  });
  (await import('./page-keys.ts')).listenToKeys();
});
afterEach(() => vi.unstubAllGlobals());

test('brackets step filters, arrows go back and forth in time, digits open lessons, 0 the tenth', () => {
  for (const key of ['[', ']', 'ArrowLeft', 'ArrowRight', 'a', '3', '0']) press({ key });
  press({ key: 'z', ctrlKey: true });
  expect(moved).toEqual([
    ...['filters -1', 'filters 1', 'cursor -1', 'cursor 1', 'pin', 'lesson 3', 'lesson 10', 'undo'],
  ]);
});

test('keys that are typed into a field, or that a view has taken, do nothing', () => {
  press({ key: ']', target: new Field() });
  press({ key: ']', defaultPrevented: true });
  press({ key: 'a', ctrlKey: true });
  expect(moved).toEqual([]);
});
