import Foundation

/// What can be queued.
public protocol Job {
    var name: String { get }

    /// Runs the job.
    func run(on worker: Worker, attempt: Int) throws -> Bool
}

enum Outcome: Equatable {
    case done
    case failed(reason: String)

    var isDone: Bool {
        if case .done = self { return true }
        return false
    }
}

struct Worker {
    let id: Int

    init(id: Int = 0) {
        self.id = id
    }

    mutating func rest(for seconds: Double) {
        print("resting \(seconds)")
    }
}

/**
 A queue of jobs, first in, first out.

 Not safe for threads.
 */
@available(iOS 13.0, *)
public final class Queue<Element: Job> {
    private var jobs: [Element] = []

    public init() {}

    deinit {
        jobs.removeAll()
    }

    /// The job at a position.
    subscript(index: Int) -> Element {
        return jobs[index]
    }

    /// Adds a job.
    ///
    /// - Parameter job: what to add
    @discardableResult
    public func add(_ job: Element, front: Bool = false, _ tags: [String]? = nil) -> Int {
        func place() -> Int {
            return front ? 0 : jobs.count
        }
        guard !job.name.isEmpty else {
            return -1
        }
        jobs.insert(job, at: place())
        return jobs.count
    }

    private static func retry(_ times: Int, body: () throws -> Void) rethrows {
        for attempt in 0..<times where attempt > 0 && times < 100 {
            do {
                try body()
            } catch {
                continue
            }
        }
    }
}

actor Counter {
    var value = 0

    func bump() async -> Int {
        value += 1
        return value
    }
}

extension Queue {
    // Not documented.
    func describe(_ outcome: Outcome) -> String {
        switch outcome {
        case .done:
            return "done"
        case .failed(let reason):
            return reason
        }
    }
}

/// Makes an empty queue.
func makeQueue<T: Job>(of type: T.Type) -> Queue<T> {
    return Queue<T>()
}
