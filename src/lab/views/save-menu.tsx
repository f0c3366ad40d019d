import { callWhole } from '../state/lab-simulation.ts';
import { experiment, notice } from '../state/lab-store.ts';
import { saveFile } from '../state/save-file.ts';
import type { DownloadKind } from '../worker/downloads.ts';

const FILES: readonly { readonly kind: DownloadKind; readonly name: string; readonly title: string }[] = [
  { kind: 'json', name: 'prediction.json', title: 'JSON, as predict --json' },
  { kind: 'csv', name: 'steps.csv', title: 'CSV, a row a step' },
  { kind: 'vcd', name: 'trace.vcd', title: 'VCD, for logic analysers' },
  { kind: 'perfetto', name: 'trace.pftrace', title: 'Perfetto, for ui.perfetto.dev' },
];

async function save(kind: DownloadKind, name: string): Promise<void> {
  try {
    saveFile(name, await callWhole((lab) => lab.download(experiment.value, kind)));
  } catch (error) {
    notice.value = (error as Error).message;
  }
}

/** What can be saved of the experiment, or taken to a terminal. */
export function SaveMenu({ onCommand }: { readonly onCommand: () => void }) {
  return (
    <details class="save-menu">
      <summary>Save</summary>
      <div class="menu">
        {FILES.map(({ kind, name, title }) => (
          <button type="button" key={kind} onClick={() => void save(kind, name)}>
            {title}
          </button>
        ))}
        <button type="button" onClick={onCommand}>
          Copy as command
        </button>
      </div>
    </details>
  );
}
