import { stepFilters } from './views/controls.tsx';
import { stepCursor } from './views/when.tsx';
import { undo } from './state/lab-simulation.ts';
import { isHelpOpen, isZoomed } from './state/lab-store.ts';
import { togglePin } from './state/look.ts';
import { showLesson } from './state/learner.ts';

function isWriting(target: EventTarget | null): boolean {
  const { isContentEditable = false, tagName = '' } = (target ?? {}) as Partial<HTMLElement>;
  return isContentEditable || /^(input|textarea|select)$/i.test(tagName);
}

const KEYS: Readonly<Record<string, () => void>> = {
  '[': () => stepFilters(-1),
  ']': () => stepFilters(1),
  ArrowRight: () => stepCursor(1),
  ArrowLeft: () => stepCursor(-1),
  a: togglePin,
  z: () => (isZoomed.value = !isZoomed.value),
  '?': () => (isHelpOpen.value = !isHelpOpen.value),
  Escape: () => (isHelpOpen.value = false),
};

/** Keys of the whole page: [ ] filters, arrows events, Ctrl-Z undo, ? help. */
export function listenToKeys(page: Pick<Document, 'addEventListener'>): void {
  page.addEventListener('keydown', (event) => {
    if (isWriting(event.target) || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'z') return undo();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^\d$/.test(event.key)) void showLesson(Number(event.key) || 10);
    KEYS[event.key]?.();
  });
}
