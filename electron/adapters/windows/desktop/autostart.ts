import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { problem, ProblemError } from '../../../contract/problem.js';
import { isTaskThere, schtasks } from '../tasks/schtasks.js';
import { autostartXml, TASK_NAME, type AutostartTask } from './autostart-task.js';

/** The scheduled task that starts the tray app at logon. The installer makes it too, so what counts is what Windows has. */
export class Autostart {
  readonly #systemFolder: string;
  #isOn: boolean;

  private constructor(systemFolder: string, isOn: boolean) {
    this.#systemFolder = systemFolder;
    this.#isOn = isOn;
  }

  /**
   * @param systemFolder where schtasks.exe is, as Windows says it
   * @param remembered taken for true where Windows does not say
   */
  static async find(systemFolder: string, remembered: boolean): Promise<Autostart> {
    return new Autostart(systemFolder, (await isTaskThere(systemFolder, TASK_NAME)) ?? remembered);
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /**
   * Makes or removes the task, where it is not as wanted already.
   * @param workFolder a folder only administrators may write, for the task's description
   * @throws ProblemError autostart-not-changed
   */
  async turn(isWanted: boolean, task: AutostartTask, workFolder: string): Promise<void> {
    if (this.#isOn === isWanted) return;
    const description = join(workFolder, 'start-with-windows.xml');
    try {
      if (isWanted) {
        await writeFile(description, autostartXml(task));
        await schtasks(this.#systemFolder, '/Create', '/TN', TASK_NAME, '/XML', description, '/F');
      } else {
        await schtasks(this.#systemFolder, '/Delete', '/TN', TASK_NAME, '/F');
      }
      this.#isOn = isWanted;
    } catch (error) {
      throw new ProblemError(problem('autostart-not-changed', { detail: error instanceof Error ? error.message : String(error) }), {
        cause: error,
      });
    } finally {
      await rm(description, { force: true });
    }
  }
}
