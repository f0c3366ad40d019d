import { beforeEach, expect, test, vi } from 'vitest';
import { listenToKeys } from './page-keys.ts';

const moved = vi.hoisted(() => [] as string[]);
vi.mock('./views/controls.tsx', () => ({ stepFilters: (by: number) => moved.push(`filters ${by}`) }));
vi.mock('./views/when.tsx', () => ({ stepCursor: (by: number) => moved.push(`cursor ${by}`) }));
vi.mock('./state/lab-simulation.ts', () => ({ undo: () => moved.push('undo') }));
vi.mock('./state/lab-store.ts', () => ({ isHelpOpen: { value: false }, isZoomed: { value: false } }));
vi.mock('./state/look.ts', () => ({ togglePin: () => moved.push('pin') }));
vi.mock('./state/learner.ts', () => ({ showLesson: (index: number) => moved.push(`lesson ${index}`) }));

let press: (event: object) => void;

beforeEach(() => {
  moved.length = 0;
  const page = { addEventListener: (_: string, listener: typeof press) => (press = listener) };
  listenToKeys(page as unknown as Document);
});

test('brackets step filters, arrows go back and forth in time, digits open lessons, 0 the tenth', () => {
  for (const key of ['[', ']', 'ArrowLeft', 'ArrowRight', 'a', '3', '0']) press({ key });
  press({ key: 'z', ctrlKey: true });
  expect(moved).toEqual([
    ...['filters -1', 'filters 1', 'cursor -1', 'cursor 1', 'pin', 'lesson 3', 'lesson 10', 'undo'],
  ]);
});

test('keys that are typed into a field, or that a view has taken, do nothing', () => {
  press({ key: ']', target: { tagName: 'TEXTAREA' } });
  press({ key: ']', defaultPrevented: true });
  press({ key: 'a', ctrlKey: true });
  expect(moved).toEqual([]);
});
