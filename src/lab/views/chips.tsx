import { EXAMPLE_NETWORKS } from 'inferscope/experiments';
import { openKept } from '../state/files.ts';
import { ask } from '../state/lab-simulation.ts';
import { experiment } from '../state/lab-store.ts';
import { showLesson } from '../state/learner.ts';
import { forgetRecent, recent } from '../state/recent-files.ts';

async function choose(model: string): Promise<void> {
  await showLesson(undefined);
  ask({ ...experiment.value, model });
}

/** Networks to begin with, and files that were opened here before. */
export function Chips() {
  const { model } = experiment.value;
  const isChosen = (one: string) => (one.startsWith('paper:') ? model.startsWith('paper:') : one === model);
  return (
    <div class="chips" role="group" aria-label="Networks">
      <span>Network</span>
      {EXAMPLE_NETWORKS.map((network) => (
        <button
          type="button"
          key={network.title}
          aria-pressed={isChosen(network.model)}
          onClick={() => isChosen(network.model) || void choose(network.model)}
        >
          {network.title}
        </button>
      ))}
      {recent.value.map((file) => (
        <button
          type="button"
          key={file.name}
          class="own"
          aria-pressed={file.name === model}
          title="Opened here before; kept in this browser alone"
          onClick={() => void openKept(file)}
        >
          {file.name}
        </button>
      ))}
      {recent.value.length > 0 && (
        <button type="button" class="forget" onClick={forgetRecent} title="Removes them from this browser">
          Forget mine
        </button>
      )}
    </div>
  );
}
