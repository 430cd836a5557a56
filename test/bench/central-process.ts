import { startServer } from '../../sync-server/main.ts';

/** The sync server in a process of its own, as the benches start it: `node central-process.ts <databaseUrl> <folders and port as JSON>`. */
const [databaseUrl = '', options = '{}'] = process.argv.slice(2);
const { port, dataFolder, rendererFolder } = JSON.parse(options) as {
	readonly port: number;
	readonly dataFolder: string;
	readonly rendererFolder: string;
};
const server = await startServer({
	databaseUrl,
	port,
	dataFolder,
	rendererFolder,
	log: (line) => console.error(line),
	// What is measured is the work that is asked for.
	routingEveryMinutes: 0,
});
console.log(`ready ${server.url}`);

process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
// Whoever started it is gone: nobody else would end it.
process.on('disconnect', () => process.exit(0));
