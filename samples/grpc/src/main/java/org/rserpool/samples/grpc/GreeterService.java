package org.rserpool.samples.grpc;

import io.grpc.stub.StreamObserver;
import org.rserpool.samples.grpc.api.GreetReply;
import org.rserpool.samples.grpc.api.GreetRequest;
import org.rserpool.samples.grpc.api.GreeterGrpc;
import org.rserpool.spring.PoolElement;

/**
 * A gRPC service. Its annotation lets the gRPC server join the pool that is named like
 * the application.
 */
@PoolElement
class GreeterService extends GreeterGrpc.GreeterImplBase {

	@Override
	public void greet(GreetRequest request, StreamObserver<GreetReply> responses) {
		responses.onNext(GreetReply.newBuilder()
			.setText("Hello " + request.getName() + " from process " + ProcessHandle.current().pid())
			.build());
		responses.onCompleted();
	}

}
