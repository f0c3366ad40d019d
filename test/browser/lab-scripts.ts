import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import type { ExecDocument } from '../../src/cli/exec/exec-report.ts';
import { axeViolations, openLab, type LabPlace } from '../support/lab-browser.ts';
import { describeLab } from '../support/lab-tests.ts';
import { runJson } from '../support/run-command.ts';

let page: Page;

const output = () => page.locator('.run-output pre').innerText();
const status = () => page.locator('[data-run]').innerText();
const run = () => page.getByRole('button', { name: 'Run', exact: true }).click();
const choose = (label: string, option: string) =>
  page.getByRole('combobox', { name: label }).selectOption({ label: option });

async function write(source: string): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  // As it is pasted: typed lines would be indented by the editor.
  await page.keyboard.insertText(source);
}

async function openTab(place: LabPlace): Promise<void> {
  await openLab(page, place);
  await page.getByRole('tab', { name: 'Firmware' }).click();
  await page.locator('.bench-controls button:not([disabled])').first().waitFor();
}

describeLab('scripts in the Lab', (lab) => {
  beforeEach(async () => {
    page = lab.page;
    await openTab(lab.place);
  });

  it("gives the pulse and the period of the paper's loop as exec does, to the last digit", async () => {
    const script = 'src/firmware/maixpy/paper-loop.py';
    const { pins } = await runJson<ExecDocument>(
      ...['exec', script, '-b', 'maixduino', '--flash', '0x300000=paper:5', '--pulses', '2'],
      ...['--camera', 'examples/digits/0.png'],
    );
    await choose('Time of the board', '2 s');
    await run();
    const exact = (name: string) =>
      page.locator('tr', { hasText: name }).locator('[data-exact]').getAttribute('data-exact');
    await expect.poll(status, { timeout: 20_000 }).toContain('Stopped at the time that was chosen');
    const between = page.locator('[data-between-ps]');
    const [pin] = Object.values(pins);
    expect(Number(await between.getAttribute('data-between-ps'))).toBe(pin!.widthMs!.min * 1e9);
    expect(Number(await exact('+Width'))).toBeCloseTo(pin!.widthMs!.min, 3);
    // From the fall to the next rise, and on to the fall behind it.
    await page.getByRole('slider', { name: 'Cursor A' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('slider', { name: 'Cursor B' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(Number(await between.getAttribute('data-between-ps'))).toBe(pin!.periodMs!.min * 1e9);
  });

  it('shows what a script prints and what is on its screen', async () => {
    await choose('Example script', 'hello.py');
    await run();
    await expect.poll(output).toBe('hello\n');
    await choose('Example script', 'find-spots.py');
    await run();
    await expect.poll(status, { timeout: 20_000 }).toContain('The script has ended');
    expect(await output()).toContain('"objnum":2');
    expect(
      await page.locator('.board-screen').evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBe(320);
    expect(await axeViolations(page)).toEqual([]);
  });

  it('stops an endless script where it is, keeps what it gave, and runs the next one', async () => {
    await write('import utime\nprint("begun")\nwhile True:\n    utime.sleep_ms(1)\n');
    await choose('Time of the board', 'an hour');
    await run();
    await expect.poll(output).toBe('begun\n');
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await status()).toMatch(/^Stopped by you after \d/);
    expect(await output()).toBe('begun\n');
    await write('print("again")\nwhile True:\n    pass\n');
    await run();
    await expect.poll(status).toContain('a loop that only computes (put utime.sleep_ms(1) into it)');
    expect(await output()).toBe('again\n');
    await write('x = 1\nprint(x)\nprint(y)\n');
    await page.keyboard.press('Control+Enter');
    await expect.poll(status).toContain("Line 3: NameError: name 'y' isn't defined");
    expect(await page.locator('.cm-wrong-line').innerText()).toBe('print(y)');
    expect(await output()).toBe('1\n');
  });
});
