import { signal } from '@preact/signals';

import { answer, pinned } from './lab-store.ts';

const SCALES = [1, 1.3, 1.6];

/** Factor of all type: a projector needs more. */
export const typeScale = signal(1);

/** The next larger type, and from the largest the first again. */
export function cycleTypeScale(): void {
  typeScale.value = SCALES[(SCALES.indexOf(typeScale.value) + 1) % SCALES.length]!;
  document.documentElement.style.setProperty('--type', `${typeScale.value}`);
}

/** Freezes what stands, or lets go of it. */
export function togglePin(): void {
  pinned.value = pinned.value ? undefined : answer.value;
}
