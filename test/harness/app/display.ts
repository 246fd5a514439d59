import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** A screen of its own, with nothing on it. */
export interface Display {
  /** As programs find it in `DISPLAY`. */
  readonly name: string;
  close(): Promise<void>;
}

/** A white screen: what stands on it should be seen in pictures. @returns null where there is no Xvfb */
export function startDisplay(width: number, height: number): Promise<Display | null> {
  return new Promise((resolve) => {
    const xvfb = spawn('Xvfb', ['-displayfd', '3', '-wr', '-screen', '0', `${width}x${height}x24`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const exited = new Promise<void>((done) => xvfb.once('exit', () => done()));
    const close = async (): Promise<void> => {
      xvfb.kill();
      await exited;
    };
    xvfb.once('error', () => resolve(null));
    (xvfb.stdio[3] as Readable).once('data', (number: Buffer) => resolve({ name: `:${number.toString().trim()}`, close }));
  });
}
