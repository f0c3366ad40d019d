import { useState } from 'preact/hooks';
import { formatMs, formatSigned } from 'inferscope/experiments';
import { xAt, yAt, type Frame } from '../scale/curve-frame.ts';
import { LAST_GUESSED, largestGap } from '../state/guess-line.ts';
import { drawAt, drawnLine, guessable, isDrawing, revealDrawing, wishToDraw } from '../state/drawn-guess.ts';
import { guessed } from '../state/learner.ts';

/** Where the guess is drawn; lies below the curves. */
export function GuessRoom({ frame }: { readonly frame: Frame }) {
  if (!isDrawing.value) return null;
  const [left, right] = [xAt(guessable.value!.known.filters, frame), xAt(LAST_GUESSED, frame)];
  const top = yAt(frame.topMs, frame);
  return (
    <rect {...{ class: 'guess-room', x: left, y: top }} width={right - left} height={yAt(0, frame) - top} />
  );
}

/** The drawn guess, and once it is revealed the gap between it and the curve. */
export function GuessLine({ frame }: { readonly frame: Frame }) {
  const line = drawnLine.value;
  if (!guessable.value) return null;
  const { curve, known } = guessable.value;
  const place = (filters: number, ms: number) => `${xAt(filters, frame)},${yAt(ms, frame)}`;
  const drawnPlaces = line?.map(({ filters, ms }) => place(filters, ms)) ?? [];
  const truth = curve.points.flatMap(({ filters, latencyMs }) =>
    latencyMs && filters >= known.filters && filters <= LAST_GUESSED ? [place(filters, latencyMs.value)] : [],
  );
  return (
    <g class="guess">
      {line && !isDrawing.value && (
        <polygon class="gap" points={[...drawnPlaces, ...truth.reverse()].join(' ')} />
      )}
      {line && <polyline points={drawnPlaces.join(' ')} />}
    </g>
  );
}

/** Steps of the keyboard from nothing to the picture's top. */
const STEPS = 60;

/** The drawing for those who do not point: a number of filters, and a time for it. */
function GuessByKeys({ frame }: { readonly frame: Frame }) {
  const [filters, setFilters] = useState(0);
  const first = guessable.value!.known.filters + 1;
  const at = Math.min(LAST_GUESSED, Math.max(first, filters));
  const ms = drawnLine.value?.find((point) => point.filters === at)?.ms ?? guessable.value!.known.ms;
  return (
    <>
      <label>
        Filters{' '}
        <select value={at} onChange={(event) => setFilters(Number(event.currentTarget.value))}>
          {Array.from({ length: LAST_GUESSED - first + 1 }, (_, index) => (
            <option key={index} value={first + index}>
              {first + index}
            </option>
          ))}
        </select>
      </label>
      <label>
        take{' '}
        <input
          type="range"
          min={0}
          max={STEPS}
          value={Math.round((STEPS * ms) / frame.topMs)}
          aria-label={`My guess for ${at} filters`}
          aria-valuetext={formatMs(ms)}
          onInput={(event) => drawAt(at, (frame.topMs * Number(event.currentTarget.value)) / STEPS)}
        />{' '}
        <output>{formatMs(ms)}</output>
      </label>
    </>
  );
}

function gapText(): string | undefined {
  const gap = drawnLine.value && largestGap(drawnLine.value, guessable.value!.curve);
  if (!gap) return undefined;
  const more = `${formatSigned(gap.trueMs - gap.ms, 3).replace('-', '\u2212')} ms`;
  return `Your line is farthest away at ${gap.filters} filters: you drew ${formatMs(gap.ms)}, it is ${formatMs(gap.trueMs)} (${more}).`;
}

/** What is done with a guess: drawn, revealed, told how far away it was. */
export function GuessControls({ frame }: { readonly frame: Frame }) {
  if (!guessable.value) return null;
  if (guessed.value !== undefined) {
    const text = gapText();
    return text === undefined ? null : (
      <p class="gap-text" role="status">
        <span class="swatch gap-swatch" /> {text}
      </p>
    );
  }
  if (!isDrawing.value) {
    return (
      <p class="guess-controls">
        <button type="button" onClick={() => wishToDraw(true)}>
          Draw my guess
        </button>
      </p>
    );
  }
  return (
    <div class="guess-controls">
      <p>Draw how the time goes on to {LAST_GUESSED} filters, in the picture or here:</p>
      <GuessByKeys frame={frame} />
      <button type="button" disabled={!drawnLine.value} onClick={revealDrawing}>
        Reveal
      </button>
      <button type="button" onClick={() => wishToDraw(false)}>
        Show the curve
      </button>
    </div>
  );
}
