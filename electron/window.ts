import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type Session } from 'electron';
import { appOrigin } from './app-files.ts';
import { channels } from './device-channels.ts';
import type { DeviceHost } from './device-host.ts';
import { isOwnPage, mayUse } from './page-rights.ts';

/** The one window. The page in it has no Node, can't navigate away and can't open other windows. */
export async function openWindow(preload: string): Promise<BrowserWindow> {
	const window = new BrowserWindow({
		width: 1280,
		height: 800,
		minWidth: 800,
		minHeight: 600,
		show: false,
		title: 'Backstock',
		webPreferences: {
			preload,
			contextIsolation: true,
			sandbox: true,
			nodeIntegration: false,
			webSecurity: true,
			spellcheck: false,
		},
	});
	const { webContents } = window;
	webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
	webContents.on('will-navigate', (event) => {
		if (!isOwnPage(event.url)) event.preventDefault();
	});
	webContents.on('will-attach-webview', (event) => event.preventDefault());
	window.once('ready-to-show', () => window.show());
	window.removeMenu();
	await window.loadURL(`${appOrigin}/`);
	return window;
}

/** Only the camera, and only for our own page. */
export function guardPermissions(session: Session): void {
	session.setPermissionRequestHandler((_, permission, answer, details) => {
		answer(mayUse(permission, details.requestingUrl, 'mediaTypes' in details ? details.mediaTypes : undefined));
	});
	session.setPermissionCheckHandler((_, permission, origin, details) =>
		mayUse(permission, origin, details.mediaType === undefined ? undefined : [details.mediaType]),
	);
}

/** Joins the pages to the device core. Messages of any other page are not heard. */
export function servePages(host: DeviceHost): void {
	const isOwn = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => isOwnPage(event.senderFrame?.url);
	ipcMain.handle(channels.call, (event, call: unknown) => {
		if (!isOwn(event)) throw new Error('only the app may call');
		return host.call(call);
	});
	ipcMain.on(channels.replicaReply, (event, reply: unknown) => {
		if (isOwn(event)) host.replicaReplied(reply);
	});
	ipcMain.on(channels.replicaReady, (event) => {
		if (!isOwn(event)) return;
		const page = event.sender;
		const leave = () => {
			page.off('did-start-navigation', leaveWhenReloaded);
			page.off('render-process-gone', leave);
			page.off('destroyed', leave);
			host.detach();
		};
		const leaveWhenReloaded = (details: { readonly isMainFrame: boolean; readonly isSameDocument: boolean }) => {
			if (details.isMainFrame && !details.isSameDocument) leave();
		};
		page.on('did-start-navigation', leaveWhenReloaded);
		page.on('render-process-gone', leave);
		page.on('destroyed', leave);
		host.attach({
			sendEvents: (events) => page.send(channels.events, events),
			callReplica: (call) => page.send(channels.replicaCall, call),
		});
	});
}
