import { BRIDGE_KEY } from '../../../../electron/contract/ipc-channels.js';
import { createWindowDouble, type Script, type WindowDouble } from '../../fakes/window-double.js';

declare global {
  interface Window {
    /** Put there by the stage before this script. */
    stageScript: Script;
    stage: WindowDouble;
  }
}

window.stage = createWindowDouble(window.stageScript);
Object.assign(window, { [BRIDGE_KEY]: window.stage.bridge });
