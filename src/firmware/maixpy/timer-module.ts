import { GuestError } from '../guest-error.ts';
import { HardwareTimer } from '../hardware/hardware-timer.ts';
import { PwmChannel, type PwmWave } from '../hardware/pwm-channel.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { toggleFunction, type Fpioa } from './fpioa.ts';

/** Timers of the K210 count the crystal, divided by 2 (threshold + 1): sysctl.c of its SDK. */
const CRYSTAL_HZ = 26e6;
const NS_PER_SECOND = 1e9;
const MAX_COUNT = 2 ** 32 - 1;

const timerHz = (divider: number) => CRYSTAL_HZ / (2 * (divider + 1));

/** What `machine.py` calls for Timer and PWM. */
export function timerModule(hardware: VirtualHardware, fpioa: Fpioa): HostModule {
  const channels = new TimerChannels(hardware);
  return {
    /** Whether the firmware takes this period, which it judges by another clock than the timer's. */
    timer_takes(ns: number, divider: number) {
      const count = (2 * hardware.coreHz * ns) / NS_PER_SECOND / 2 ** (divider + 1);
      return count >= 1 && count <= MAX_COUNT;
    },
    timer_handle(channel: number, handler: number) {
      channels.handlers.set(channel, handler);
    },
    timer_start(channel: number, ns: number, divider: number, isOneShot: boolean) {
      hardware.spend('timer.set');
      const clockHz = timerHz(divider);
      const steps = Math.floor((ns / NS_PER_SECOND) * clockHz);
      if (steps < 1) throw new GuestError('ValueError', '[MAIXPY]Timer:Invalid period or div');
      channels.timer(channel).start(hardware.nowPs, { steps, clockHz, isOneShot });
    },
    timer_stop(channel: number) {
      hardware.spend('timer.set');
      channels.timer(channel).stop();
    },
    /** The frequency that whole steps of the timer's clock give. */
    pwm_hz: (hz: number, divider: number) => timerHz(divider) / periodSteps(hz, divider),
    pwm_start(timer: number, channel: number, hz: number, duty: number, divider: number) {
      hardware.spend('pwm.set');
      const pin = fpioa.trackOf(toggleFunction(timer, channel));
      channels.pwm(timer, channel).start(hardware.nowPs, pin, waveOf(hz, duty, divider));
    },
    pwm_change(timer: number, channel: number, hz: number, duty: number, divider: number) {
      hardware.spend('pwm.set');
      channels.pwm(timer, channel).change(waveOf(hz, duty, divider));
    },
    pwm_stop(timer: number, channel: number) {
      hardware.spend('pwm.set');
      channels.pwm(timer, channel).stop();
    },
  };
}

function periodSteps(hz: number, divider: number): number {
  const steps = Math.floor(timerHz(divider) / hz);
  if (steps < 1) throw new GuestError('ValueError', '[MAIXPY]PWM:Invalid freq');
  return steps;
}

/** Period and high part in steps of the timer's clock, both truncated; a period begins low (pwm.c of the SDK). */
function waveOf(hz: number, duty: number, divider: number): PwmWave {
  const steps = periodSteps(hz, divider);
  const highSteps = Math.floor((duty / 100) * steps);
  return { clockHz: timerHz(divider), periodSteps: steps, highSteps, startsHigh: false };
}

/** The chip's timers and PWM channels, made as they are asked for. */
class TimerChannels {
  readonly #hardware: VirtualHardware;
  readonly #timers = new Map<number, HardwareTimer>();
  readonly #pwms = new Map<number, PwmChannel>();
  /** Functions of the script by channel. */
  readonly handlers = new Map<number, number>();

  constructor(hardware: VirtualHardware) {
    this.#hardware = hardware;
  }

  timer(channel: number): HardwareTimer {
    return this.#known(this.#timers, channel, () => {
      const { interrupts } = this.#hardware;
      return new HardwareTimer(
        () => interrupts.raise(this.handlers.get(channel)!, 'scheduled'),
        (missed) => interrupts.lose(missed),
      );
    });
  }

  pwm(timer: number, channel: number): PwmChannel {
    return this.#known(this.#pwms, toggleFunction(timer, channel), () => new PwmChannel(this.#hardware.pins));
  }

  #known<Part extends HardwareTimer | PwmChannel>(
    all: Map<number, Part>,
    at: number,
    make: () => Part,
  ): Part {
    const known = all.get(at);
    if (known) return known;
    const made = make();
    all.set(at, made);
    this.#hardware.clockworks.add(made);
    return made;
  }
}
