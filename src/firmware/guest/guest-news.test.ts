import { expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { readGuestFiles } from './exec-script.ts';
import type { GuestNews } from './guest-news.ts';
import { runGuest } from './run-guest.ts';

const SOURCE = `
import utime
from Maix import GPIO
from board import board_info
from fpioa_manager import fm
fm.register(board_info.LED_R, fm.fpioa.GPIO0)
led = GPIO(GPIO.GPIO0, GPIO.OUT)
for count in range(6):
    led.value(count & 1)
    print('\\u00e4', count)
    utime.sleep_ms(20)
print('over')
`;

test('a run is told of in parts while it goes on: together they are its output and its edges, each once', async () => {
  const board = boardById('maixduino');
  const news: GuestNews[] = [];
  const request = { board, script: { name: 'main.py', source: SOURCE }, limitPs: 1e12 };
  const { stdout, records, simulatedPs } = await runGuest(
    { ...request, ...(await readGuestFiles(board)) },
    undefined,
    undefined,
    (part) => news.push(part),
  );
  expect(news.map((part) => part.stdout).join('')).toBe(stdout);
  expect(stdout.endsWith('\u00e4 5\nover\n')).toBe(true);
  const told = news.flatMap(({ edges }) => [...edges.edgesPs]);
  expect(told).toEqual(records.filter(({ kind }) => kind === 'pin').map(({ atPs }) => atPs));
  // 120 ms of sleep are told of about each 50 ms, and at the end.
  expect(news).toHaveLength(3);
  expect(news[0]!.simulatedPs).toBeLessThan(0.6 * simulatedPs);
  expect(news[0]!.stdout).toContain('\u00e4 0\n');
});
