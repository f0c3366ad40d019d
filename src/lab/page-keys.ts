import { stepFilters } from './views/controls.tsx';
import { stepCursor } from './views/when.tsx';
import { undo } from './state/lab-simulation.ts';
import { isHelpOpen } from './state/lab-store.ts';

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

const KEYS: Readonly<Record<string, () => void>> = {
  '[': () => stepFilters(-1),
  ']': () => stepFilters(1),
  ArrowRight: () => stepCursor(1),
  ArrowLeft: () => stepCursor(-1),
  '?': () => (isHelpOpen.value = !isHelpOpen.value),
  Escape: () => (isHelpOpen.value = false),
};

/** Keys of the whole page: [ ] filters, arrows events, Ctrl-Z undo, ? help. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (isWriting(event.target) || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'z') return undo();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    KEYS[event.key]?.();
  });
}
