-- Finds the messages of RSerPool in streams of TCP, which tshark does not do by itself: ASAP at
-- port 3863, or wherever a registrar opens a connection with a KEEP_ALIVE, ENRP at 9901, and sessions
-- wherever a connection opens with "RSPS".

local payloads = DissectorTable.get("sctp.ppi")

local function messages(name, port, payload)
	local inner = payloads:get_dissector(payload)
	local proto = Proto("rserpool_" .. name, "RSerPool over TCP, " .. name)
	local function size(buffer, packet, offset)
		return math.ceil(buffer(offset + 2, 2):uint() / 4) * 4
	end
	local function message(buffer, packet, tree)
		inner:call(buffer, packet, tree)
		return buffer:len()
	end
	function proto.dissector(buffer, packet, tree)
		dissect_tcp_pdus(buffer, tree, 4, size, message)
	end
	DissectorTable.get("tcp.port"):add(port, proto)
	return proto
end
local asap = messages("asap", 3863, 11)
messages("enrp", 9901, 12)

asap:register_heuristic("tcp", function(buffer, packet, tree)
	local KEEP_ALIVE = 7    -- which is INIT_TAKEOVER of ENRP
	if packet.src_port == 9901 or packet.dst_port == 9901 then
		return false
	end
	if buffer:len() < 4 or buffer(0, 1):uint() ~= KEEP_ALIVE or buffer(1, 1):uint() > 1 or buffer(2, 2):uint() > buffer:len() then
		return false
	end
	packet.conversation = asap
	asap.dissector(buffer, packet, tree)
	return true
end)

local GREETING = 0x52535053
local session = Proto("rserpool_session", "RSerPool's session over TCP")
local ppid = ProtoField.uint32("rserpool_session.ppid", "Payload protocol identifier")
session.fields = { ppid }
local function size(buffer, packet, offset)
	local first = buffer(offset, 4):uint()
	return first == GREETING and 12 or 12 + first
end
local function message(buffer, packet, tree)
	if buffer(0, 4):uint() ~= GREETING then
		tree:add(ppid, buffer(4, 4))
		if buffer(4, 4):uint() == 11 then
			payloads:get_dissector(11):call(buffer(12):tvb(), packet, tree)
		end
	end
	return buffer:len()
end
function session.dissector(buffer, packet, tree)
	local offset = buffer:len() >= 4 and buffer(0, 4):uint() == GREETING and 8 or 0
	if buffer:len() > offset then
		dissect_tcp_pdus(buffer(offset):tvb(), tree, 12, size, message)
	end
end
session:register_heuristic("tcp", function(buffer, packet, tree)
	if buffer:len() < 8 or buffer(0, 4):uint() ~= GREETING then
		return false
	end
	packet.conversation = session
	session.dissector(buffer, packet, tree)
	return true
end)
