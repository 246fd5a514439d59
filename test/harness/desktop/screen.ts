import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** A rectangle on the screen, in pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A window as X knows it: also menus and balloons are one. */
export interface ScreenWindow extends Area {
  readonly id: string;
  readonly name: string;
}

/** A display as a user in front of it has it: eyes, a mouse, and nothing else. */
export class Screen {
  readonly #env: NodeJS.ProcessEnv;

  constructor(display: string) {
    this.#env = { PATH: process.env['PATH'], DISPLAY: display };
  }

  /** Windows that are shown now. */
  async windows(): Promise<readonly ScreenWindow[]> {
    const { stdout } = await this.#search();
    const found = await Promise.all(
      stdout
        .split('\n')
        .filter((id) => id !== '')
        .map((id) => this.#describe(id)),
    );
    return found.filter((window): window is ScreenWindow => window !== null);
  }

  async click(x: number, y: number, button: 'left' | 'right' = 'left'): Promise<void> {
    await this.#run('xdotool', ['mousemove', String(x), String(y), 'click', button === 'left' ? '1' : '3']);
  }

  async moveMouse(x: number, y: number): Promise<void> {
    await this.#run('xdotool', ['mousemove', String(x), String(y)]);
  }

  async press(key: string): Promise<void> {
    await this.#run('xdotool', ['key', key]);
  }

  /** What is to be seen there, three bytes a pixel: red, green, blue. */
  async look(area: Area): Promise<Buffer> {
    const crop = `${area.width}x${area.height}+${area.x}+${area.y}`;
    const { stdout } = await runFile('import', ['-window', 'root', '-crop', crop, '+repage', '-depth', '8', 'rgb:-'], {
      env: this.#env,
      encoding: 'buffer',
    });
    return stdout;
  }

  /** Keeps a picture of a part of the screen, small enough to be read in a page. */
  async photograph(path: string, area: Area): Promise<void> {
    const crop = `${area.width}x${area.height}+${area.x}+${area.y}`;
    await this.#run('import', ['-window', 'root', '-crop', crop, '+repage', '-strip', '+dither', '-colors', '256', `png8:${path}`]);
  }

  /** A search fails when a window goes just while it is looked at, and while an app starts many come and go. */
  async #search(triesLeft = 10): Promise<{ readonly stdout: string }> {
    try {
      return await this.#run('xdotool', ['search', '--onlyvisible', '--name', '']);
    } catch (error) {
      if (triesLeft === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return this.#search(triesLeft - 1);
    }
  }

  /** Null when it has gone meanwhile. */
  async #describe(id: string): Promise<ScreenWindow | null> {
    try {
      const [name, geometry] = await Promise.all([
        this.#run('xdotool', ['getwindowname', id]),
        this.#run('xdotool', ['getwindowgeometry', '--shell', id]),
      ]);
      const values = new Map(geometry.stdout.split('\n').map((line) => line.split('=') as [string, string]));
      const numberOf = (key: string): number => Number(values.get(key));
      return { id, name: name.stdout.trim(), x: numberOf('X'), y: numberOf('Y'), width: numberOf('WIDTH'), height: numberOf('HEIGHT') };
    } catch {
      return null;
    }
  }

  #run(command: string, args: readonly string[]): Promise<{ readonly stdout: string }> {
    return runFile(command, args, { env: this.#env });
  }
}
