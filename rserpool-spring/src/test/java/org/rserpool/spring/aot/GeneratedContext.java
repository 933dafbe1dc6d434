package org.rserpool.spring.aot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Generates the code of a context, compiles it, and loads it beside the classes of its
 * beans.
 */
class GeneratedContext {

	private static int count;

	private final GenericApplicationContext source;

	GeneratedContext(GenericApplicationContext source) {
		this.source = source;
	}

	@SuppressWarnings("unchecked")
	ApplicationContextInitializer<GenericApplicationContext> initializer() {
		InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
		ClassName target = ClassName.get(GeneratedContext.class);
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(target, "Context" + count++), files);
		ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(this.source, generation);
		generation.writeGeneratedContent();
		try {
			Map<String, Class<?>> defined = define(compile(files));
			return (ApplicationContextInitializer<GenericApplicationContext>) defined.get(initializer.reflectionName())
				.getDeclaredConstructor()
				.newInstance();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, ByteArrayOutputStream> compile(InMemoryGeneratedFiles files) throws IOException {
		List<JavaFileObject> sources = new ArrayList<>();
		for (String path : files.getGeneratedFiles(Kind.SOURCE).keySet()) {
			sources.add(new Source(path, files.getGeneratedFileContent(Kind.SOURCE, path)));
		}
		Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		try (JavaFileManager standard = compiler.getStandardFileManager(null, null, null);
				JavaFileManager manager = new Classes(standard, classes)) {
			boolean compiled = compiler
				.getTask(messages, manager, null,
						List.of("-proc:none", "-classpath", System.getProperty("java.class.path")), null, sources)
				.call();
			assertThat(compiled).as(messages.toString()).isTrue();
		}
		return classes;
	}

	private static Map<String, Class<?>> define(Map<String, ByteArrayOutputStream> classes)
			throws ReflectiveOperationException {
		Map<String, Class<?>> defined = new LinkedHashMap<>();
		for (Map.Entry<String, ByteArrayOutputStream> entry : classes.entrySet()) {
			Class<?> neighbour = Class.forName(entry.getKey().substring(0, entry.getKey().indexOf('_')));
			defined.put(entry.getKey(), MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup())
				.defineClass(entry.getValue().toByteArray()));
		}
		return defined;
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String content;

		private Source(String path, String content) {
			super(URI.create("memory:///" + path), Kind.SOURCE);
			this.content = content;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.content;
		}

	}

	private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {

		private final Map<String, ByteArrayOutputStream> classes;

		private Classes(JavaFileManager manager, Map<String, ByteArrayOutputStream> classes) {
			super(manager);
			this.classes = classes;
		}

		@Override
		public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
				FileObject sibling) {
			ByteArrayOutputStream content = new ByteArrayOutputStream();
			this.classes.put(className, content);
			return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
				@Override
				public OutputStream openOutputStream() {
					return content;
				}
			};
		}

	}

}
