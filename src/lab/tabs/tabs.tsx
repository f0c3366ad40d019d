import type { ComponentType } from 'preact';
import { answer, tab } from '../state/lab-store.ts';
import { Firmware } from './firmware/firmware-tab.tsx';
import { BoardTimes } from './board-times.tsx';
import { Constants } from './constants.tsx';
import { KernelSizes } from './kernel-sizes.tsx';
import { Layers } from './layers.tsx';
import { MemoryOverTime } from './memory-over-time.tsx';
import { Rooflines } from './rooflines.tsx';

const TABS: readonly { readonly id: string; readonly title: string; readonly View: ComponentType }[] = [
  { id: 'layers', title: 'Layers', View: Layers },
  { id: 'memory', title: 'Memory over time', View: MemoryOverTime },
  { id: 'roofline', title: 'Roofline', View: Rooflines },
  { id: 'kernels', title: 'Kernel sizes', View: KernelSizes },
  { id: 'boards', title: 'All boards', View: BoardTimes },
  { id: 'firmware', title: 'Firmware', View: Firmware },
  { id: 'constants', title: 'Constants', View: Constants },
];

/** What is too much for the first look, one part at a time. */
export function Tabs() {
  const shown = TABS.find(({ id }) => id === tab.value) ?? TABS[0]!;
  const move = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(shown) + by + TABS.length) % TABS.length]!;
    tab.value = next.id;
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <section class="card tabs" aria-label="More">
      <div class="tab-list" role="tablist" aria-label="More views" onKeyDown={move}>
        {TABS.map(({ id, title }) => (
          <button
            type="button"
            key={id}
            id={`tab-${id}`}
            role="tab"
            aria-selected={id === shown.id}
            aria-controls="tab-panel"
            tabIndex={id === shown.id ? 0 : -1}
            onClick={() => (tab.value = id)}
          >
            {title}
          </button>
        ))}
      </div>
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${shown.id}`}>
        {answer.value && <shown.View key={shown.id} />}
      </div>
    </section>
  );
}
