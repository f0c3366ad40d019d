import {
  CURVE_FILTERS,
  KERNEL_SIDES,
  paperOptionsOf,
  withPaperOptions,
  type Experiment,
} from 'inferscope/experiments';
import { ask } from '../state/lab-simulation.ts';
import { modelLayers } from './model-name.ts';
import { experiment, listings } from '../state/lab-store.ts';

/** Moves the slider by so many filters; nothing happens where the model is a file. */
export function stepFilters(by: number): void {
  const options = paperOptionsOf(experiment.value);
  if (!options) return;
  const filters = Math.min(CURVE_FILTERS, Math.max(1, options.filters + by));
  if (filters !== options.filters) ask(withPaperOptions(experiment.value, { filters }));
}

function Choices<V extends string | number>(props: {
  readonly title: string;
  readonly values: readonly V[];
  readonly chosen: V;
  readonly onChoose: (value: V) => void;
}) {
  return (
    <fieldset class={`choices choices-${props.title.toLowerCase()}`}>
      <legend>{props.title}</legend>
      {props.values.map((value) => (
        <button
          type="button"
          key={value}
          aria-pressed={value === props.chosen}
          onClick={() => props.onChoose(value)}
        >
          {value}
        </button>
      ))}
    </fieldset>
  );
}

function PaperControls({ now }: { readonly now: Experiment }) {
  const { filters, kernel = 3, dtype = 'float32' } = paperOptionsOf(now)!;
  return (
    <>
      <label class="filters">
        <span>
          Filters <output>{filters}</output>
        </span>
        <input
          type="range"
          min={1}
          max={CURVE_FILTERS}
          value={filters}
          aria-label="Filters"
          onInput={(event) => ask(withPaperOptions(now, { filters: Number(event.currentTarget.value) }))}
        />
      </label>
      <Choices
        title="Kernel"
        values={KERNEL_SIDES}
        chosen={kernel}
        onChoose={(side) => ask(withPaperOptions(now, { kernel: side }))}
      />
      <Choices
        title="Numbers"
        values={['float32', 'int8']}
        chosen={dtype}
        onChoose={(type) => ask(withPaperOptions(now, { dtype: type as 'float32' | 'int8' }))}
      />
    </>
  );
}

function Setting({ id, now }: { readonly id: string; readonly now: Experiment }) {
  const setting = listings.value.settings.find(({ key }) => key === id);
  if (!setting) return null;
  const choose = (value: string) => {
    const others = Object.entries(now.set).filter(([key]) => key !== id);
    ask({ ...now, set: Object.fromEntries(value === setting.standard ? others : [...others, [id, value]]) });
  };
  return (
    <label class="setting">
      <span title={setting.help}>{id}</span>
      <select value={now.set[id] ?? setting.standard} onChange={(event) => choose(event.currentTarget.value)}>
        {setting.values.map(({ name, help }) => (
          <option key={name} value={name} title={help}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Choices of the boards that are compared: counterfactuals by name, as `--set` has them. */
function Counterfactuals({ now }: { readonly now: Experiment }) {
  const chosen = listings.value.boards.filter(({ id }) => now.boards.includes(id));
  const keys = [...new Set(chosen.flatMap(({ settings }) => settings))];
  const count = Object.keys(now.set).length + (now.floatFc ? 1 : 0);
  return (
    <details class="counterfactuals">
      <summary>
        What if<span class="only-wide"> the chip were another</span>
        {count > 0 && ` (${count} changed)`}
      </summary>
      <div class="settings">
        {keys.map((key) => (
          <Setting key={key} id={key} now={now} />
        ))}
        <label class="setting">
          <input
            type="checkbox"
            checked={now.floatFc}
            onChange={(event) => ask({ ...now, floatFc: event.currentTarget.checked })}
          />
          <span>every Dense on the core (--float-fc)</span>
        </label>
      </div>
    </details>
  );
}

/** The slider and the choices of the experiment. */
export function Controls() {
  const now = experiment.value;
  return (
    <section class="controls" aria-label="The experiment">
      {paperOptionsOf(now) ? <PaperControls now={now} /> : <p class="file-name">{modelLayers(now)}</p>}
      <Counterfactuals now={now} />
    </section>
  );
}
