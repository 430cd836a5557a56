import { nodeClock, nodeFetch } from '../../electron/node-ports.ts';
import { httpCentral } from '../../shared/device/http-central.ts';
import type { Central, CentralAnswer } from '../../shared/device/ports.ts';
import type { LaneOfDevice } from './device-work.ts';
import { benchAssociates, benchCodes, benchPin } from './large-site.ts';

/** An enrolled device with somebody signed in, that speaks the sync protocol from Node. */
export interface BenchDevice {
	readonly siteId: string;
	readonly central: Central;
	readonly credential: string;
	readonly lane: LaneOfDevice;
}

/** @param codeIndex which of the site's enrollment codes to use; each can be used once in a database */
export async function enrollDevice(url: string, siteId: string, codeIndex: number): Promise<BenchDevice> {
	const central = httpCentral({ address: url, fetch: nodeFetch, clock: nodeClock });
	const code = benchCodes(siteId)[codeIndex]?.code ?? '';
	const enrolled = answerOf(await central.enroll({ code, deviceName: `Bench device ${codeIndex}` }));
	central.setCredential(enrolled.credential);
	const [associate] = benchAssociates(siteId);
	if (associate === undefined) throw new Error('The site has no associates.');
	const { id: associateId, name: associateName } = associate;
	const { grant } = answerOf(await central.signIn({ associateId, pin: benchPin }));
	const { deviceId, laneId } = enrolled;
	return {
		siteId,
		central,
		credential: enrolled.credential,
		lane: { deviceId, laneId, associateId, associateName, grant },
	};
}

export function answerOf<T>(answer: CentralAnswer<T>): T {
	if (!answer.ok) throw new Error(`Central did not answer: ${JSON.stringify(answer.failure)}`);
	return answer.value;
}
